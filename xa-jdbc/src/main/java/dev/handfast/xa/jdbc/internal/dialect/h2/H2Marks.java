package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.sql.Mark;
import dev.handfast.xa.jdbc.internal.sql.SqlMarks;
import java.util.Set;

/**
 * Reads H2's SQL, in which most definitions and many settings commit what came before them. What is
 * not seen in a text, such as what a function does, {@link H2Session} finds out at the vote.
 *
 * <p>Whether a name may stand in brackets, the mode of the database says; elsewhere a text with a
 * semicolon in brackets cannot be read. Both readings count where a quote might stand in them.
 */
final class H2Marks implements SqlMarks {

  private static final Set<Mark> NOTHING = Set.of();
  private static final Set<Mark> SESSION = Set.of(Mark.CHANGES_SESSION);
  private static final Set<Mark> ENDS = Set.of(Mark.ENDS_BRANCH);
  private static final Set<Mark> BOTH = Set.of(Mark.ENDS_BRANCH, Mark.CHANGES_SESSION);

  @Override
  public Set<Mark> of(String sql) {
    H2Statements read = H2Statements.read(sql, true);
    H2Statements other = hasBracketAndQuote(sql) ? H2Statements.read(sql, false) : read;
    boolean session = read.changesSession() || other.changesSession();
    if (read.ending() != null || other.ending() != null) {
      return session ? BOTH : ENDS;
    }
    return session ? SESSION : NOTHING;
  }

  /** Answers the statement of a text that would end the branch, and what follows it. */
  @Override
  public String ending(String sql) {
    String found = H2Statements.read(sql, true).ending();
    if (found == null) {
      found = H2Statements.read(sql, false).ending();
    }
    return found == null ? sql : found;
  }

  private static boolean hasBracketAndQuote(String sql) {
    return sql.indexOf('[') >= 0 && (sql.indexOf('\'') >= 0 || sql.indexOf('"') >= 0);
  }
}
