/** Databases for tests: an H2 file, and a PostgreSQL server in processes of its own. */
@NullMarked
package dev.handfast.xa.testkit.database;

import org.jspecify.annotations.NullMarked;
