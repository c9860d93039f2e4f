package dev.handfast.xa.jdbc.internal.sql;

import java.util.Set;

/**
 * Reads from a text, which may hold several statements, what it does besides working on rows. Each
 * database has its own way to read. It is stateless and safe for use by many threads.
 */
@FunctionalInterface
public interface SqlMarks {

  /** Answers the marks of all statements of a text together. The set cannot be changed. */
  Set<Mark> of(String sql);

  /** Answers the part of a text that begins with the statement that would end the branch. */
  default String ending(String sql) {
    return sql;
  }
}
