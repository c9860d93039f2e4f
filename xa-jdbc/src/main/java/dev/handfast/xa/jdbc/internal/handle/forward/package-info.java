/**
 * The many methods of JDBC that a handle only passes on, and by which way it does. What a handle
 * adds of its own is one floor up.
 */
@NullMarked
package dev.handfast.xa.jdbc.internal.handle.forward;

import org.jspecify.annotations.NullMarked;
