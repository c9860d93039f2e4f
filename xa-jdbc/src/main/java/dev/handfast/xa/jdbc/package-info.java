/** Databases as resource managers: a pool that enlists itself, and recovery of its branches. */
@NullMarked
package dev.handfast.xa.jdbc;

import org.jspecify.annotations.NullMarked;
