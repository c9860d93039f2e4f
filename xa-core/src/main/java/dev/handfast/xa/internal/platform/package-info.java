/** Time, threads, randomness and disk as the rest of the runtime is given them. */
@NullMarked
package dev.handfast.xa.internal.platform;

import org.jspecify.annotations.NullMarked;
