/** The machine with the log loses its power; databases and broker stand elsewhere. */
@NullMarked
package dev.handfast.xa.it.power;

import org.jspecify.annotations.NullMarked;
