package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.sql.Mark;
import dev.handfast.xa.jdbc.internal.sql.SqlMarks;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads PostgreSQL's SQL. Definitions are part of the branch there, {@code BEGIN} inside a
 * transaction is but a warning, and neither a function nor a procedure can end the transaction that
 * calls it: the server refuses that (2D000).
 *
 * <p>A text can be read in more than one way: where a backslash stands in a plain constant, the
 * session's {@code standard_conforming_strings} says where that ends; and where JDBC's escapes
 * stand, the driver takes their braces away, which may join what they part. All readings count.
 */
final class PostgresMarks implements SqlMarks {

  /** Is how an escape begins that the driver replaces. */
  private static final Pattern ESCAPE =
      Pattern.compile("\\{(?:escape|oj|fn|ts|d|t) *", Pattern.CASE_INSENSITIVE);

  private static final String CHAIN = "chain";
  private static final Set<Mark> NOTHING = Set.of();
  private static final Set<Mark> SESSION = Set.of(Mark.CHANGES_SESSION);

  @Override
  public Set<Mark> of(String sql) {
    boolean ends = false;
    boolean session = false;
    for (PostgresStatements read : readings(sql)) {
      ends |= read.ending() != null;
      session |= read.changesSession();
    }
    boolean another = mayBeginAnother(withoutEscapes(sql));
    if (!ends && !another) {
      return session ? SESSION : NOTHING;
    }
    var marks = EnumSet.noneOf(Mark.class);
    if (ends) {
      marks.add(Mark.ENDS_BRANCH);
    }
    if (another) {
      marks.add(Mark.MAY_END_BRANCH);
    }
    if (session) {
      marks.add(Mark.CHANGES_SESSION);
    }
    return Collections.unmodifiableSet(marks);
  }

  /** Answers the statement of a text that would end the branch, and what follows it. */
  @Override
  public String ending(String sql) {
    for (PostgresStatements read : readings(sql)) {
      String ending = read.ending();
      if (ending != null) {
        return ending;
      }
    }
    return sql;
  }

  private static List<PostgresStatements> readings(String sql) {
    String bare = withoutEscapes(sql);
    if (bare.length() == sql.length() && sql.indexOf('\\') < 0) {
      return List.of(PostgresStatements.read(sql, false));
    }
    return List.of(
        PostgresStatements.read(sql, false),
        PostgresStatements.read(sql, true),
        PostgresStatements.read(bare, false),
        PostgresStatements.read(bare, true));
  }

  private static String withoutEscapes(String sql) {
    return sql.indexOf('{') >= 0 && ESCAPE.matcher(sql).find()
        ? ESCAPE.matcher(sql).replaceAll("").replace("}", "")
        : sql;
  }

  /**
   * Whether a text may hold more than one statement, or one that ends the transaction and begins
   * another ({@code AND CHAIN}). Any other leaves the session in the branch's transaction or in
   * none, which the driver knows. It looks at nothing but the semicolons and that word, so that it
   * is right whatever is thought of quotes and comments.
   */
  private static boolean mayBeginAnother(String sql) {
    int semicolon = sql.indexOf(';');
    for (int i = semicolon + 1; semicolon >= 0 && i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c != ';' && c > ' ') {
        return true;
      }
    }
    for (int i = sql.length() - CHAIN.length(); i >= 0; i--) {
      if (sql.regionMatches(true, i, CHAIN, 0, CHAIN.length())) {
        return true;
      }
    }
    return false;
  }
}
