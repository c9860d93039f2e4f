/** Which dialect a database has, and where its connections come from. */
@NullMarked
package dev.handfast.xa.jdbc.internal.connect;

import org.jspecify.annotations.NullMarked;
