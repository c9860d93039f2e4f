package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.sql.Mark;
import dev.handfast.xa.jdbc.internal.sql.SqlMarks;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads PostgreSQL's SQL. Definitions are part of the branch there, {@code BEGIN} inside a
 * transaction is but a warning, and neither a function nor a procedure can end the transaction that
 * calls it: the server refuses that (2D000).
 *
 * <p>Where a backslash stands in a plain constant, the session's {@code
 * standard_conforming_strings} says where the constant ends. Both readings count then.
 */
final class PostgresMarks implements SqlMarks {

  private static final Set<Mark> NOTHING = Set.of();
  private static final Set<Mark> SESSION = Set.of(Mark.CHANGES_SESSION);

  @Override
  public Set<Mark> of(String sql) {
    PostgresStatements read = PostgresStatements.read(sql, false);
    PostgresStatements other = hasBackslash(sql) ? PostgresStatements.read(sql, true) : read;
    boolean session = read.changesSession() || other.changesSession();
    boolean ends = read.ending() != null || other.ending() != null;
    boolean several = holdsSeveral(sql);
    if (!ends && !several) {
      return session ? SESSION : NOTHING;
    }
    var marks = EnumSet.noneOf(Mark.class);
    if (ends) {
      marks.add(Mark.ENDS_BRANCH);
    }
    if (several) {
      marks.add(Mark.MAY_END_BRANCH);
    }
    if (session) {
      marks.add(Mark.CHANGES_SESSION);
    }
    return Set.copyOf(marks);
  }

  /** Answers the statement of a text that would end the branch, and what follows it. */
  @Override
  public String ending(String sql) {
    String found = PostgresStatements.read(sql, false).ending();
    if (found == null) {
      found = PostgresStatements.read(sql, true).ending();
    }
    return found == null ? sql : found;
  }

  private static boolean hasBackslash(String sql) {
    return sql.indexOf('\\') >= 0;
  }

  /**
   * Whether a text may hold more than one statement. It looks at nothing but the semicolons, so
   * that it is right whatever is thought of quotes and comments.
   */
  private static boolean holdsSeveral(String sql) {
    int semicolon = sql.indexOf(';');
    if (semicolon < 0) {
      return false;
    }
    for (int i = semicolon + 1; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c != ';' && c > ' ') {
        return true;
      }
    }
    return false;
  }
}
