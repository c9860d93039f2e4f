/** What is special about PostgreSQL. */
@NullMarked
package dev.handfast.xa.jdbc.internal.dialect.postgres;

import org.jspecify.annotations.NullMarked;
