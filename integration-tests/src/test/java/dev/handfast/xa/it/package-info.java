/** Whole-stack scenarios against the real database and the real broker process. */
@NullMarked
package dev.handfast.xa.it;

import org.jspecify.annotations.NullMarked;
