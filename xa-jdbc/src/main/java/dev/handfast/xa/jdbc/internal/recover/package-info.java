/** The connection over which recovery works, its XAResource, and the look before the start. */
@NullMarked
package dev.handfast.xa.jdbc.internal.recover;

import org.jspecify.annotations.NullMarked;
