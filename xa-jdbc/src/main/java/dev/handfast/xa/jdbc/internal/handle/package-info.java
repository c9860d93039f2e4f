/** What the application holds of a connection, and of everything that is reached from one. */
@NullMarked
package dev.handfast.xa.jdbc.internal.handle;

import org.jspecify.annotations.NullMarked;
