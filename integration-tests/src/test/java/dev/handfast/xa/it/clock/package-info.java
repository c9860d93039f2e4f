/** A process whose time of day is stepped while it works. */
@NullMarked
package dev.handfast.xa.it.clock;

import org.jspecify.annotations.NullMarked;
