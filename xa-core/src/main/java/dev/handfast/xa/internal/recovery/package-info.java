/** When to scan, and the guarded view of each resource manager that recovery works on. */
@NullMarked
package dev.handfast.xa.internal.recovery;

import org.jspecify.annotations.NullMarked;
