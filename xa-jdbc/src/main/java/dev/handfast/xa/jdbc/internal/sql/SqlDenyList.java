package dev.handfast.xa.jdbc.internal.sql;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lists the SQL that an application may not run inside a global transaction, because it would end
 * the branch behind the transaction manager's back. Each database has its own list. The list looks
 * at how a text begins; what a later statement of the same text does is found out by the question
 * before the vote.
 */
public final class SqlDenyList implements SqlMarks {

  private static final String SPACE_AND_COMMENTS = "\\s|/\\*.*?\\*/|--[^\\n]*\\n";

  private final Pattern denied;

  private SqlDenyList(String skipped, String beginnings) {
    denied = Pattern.compile("(?is)(?:" + skipped + ")*(?:" + beginnings + ")\\b.*");
  }

  /** Makes a list from regular expressions for the first words of statements. */
  public static SqlDenyList of(String... beginnings) {
    return new SqlDenyList(SPACE_AND_COMMENTS, String.join("|", beginnings));
  }

  /**
   * Makes a list as {@link #of} does, for a database that takes empty statements before a
   * statement.
   */
  public static SqlDenyList afterEmptyStatements(String... beginnings) {
    return new SqlDenyList(SPACE_AND_COMMENTS + "|;", String.join("|", beginnings));
  }

  @Override
  public Set<Mark> of(String sql) {
    return denied.matcher(sql).matches() ? Set.of(Mark.ENDS_BRANCH) : Set.of();
  }
}
