/** What can be told from the text of a statement alone, as the database reads it. */
@NullMarked
package dev.handfast.xa.jdbc.internal.sql;

import org.jspecify.annotations.NullMarked;
