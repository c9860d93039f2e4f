/** The parts of one runtime: opened in order, held back, and closed in order. */
@NullMarked
package dev.handfast.xa.internal.runtime;

import org.jspecify.annotations.NullMarked;
