/** What a resource adapter implements, and what the runtime gives it. */
@NullMarked
package dev.handfast.xa.spi;

import org.jspecify.annotations.NullMarked;
