/** One resource manager as recovery sees it: its worker, its list, its identity and its answers. */
@NullMarked
package dev.handfast.xa.internal.rm;

import org.jspecify.annotations.NullMarked;
