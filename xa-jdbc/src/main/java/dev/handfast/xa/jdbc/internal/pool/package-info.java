/** The pool of connections, and what of it the application holds. */
@NullMarked
package dev.handfast.xa.jdbc.internal.pool;

import org.jspecify.annotations.NullMarked;
