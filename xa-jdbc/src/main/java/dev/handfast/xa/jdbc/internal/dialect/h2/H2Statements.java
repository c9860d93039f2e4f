package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.dialect.h2.H2Tokens.Kind;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text statement by statement, as H2's parser does, and tells of them what matters to a
 * branch and to the session. What a function does that a statement calls is not seen. Not safe for
 * use by many threads.
 */
final class H2Statements {

  /** Are settings whose change commits what came before it. */
  private static final Set<String> COMMITTING_SETTINGS =
      Set.of(
          "ALLOW_LITERALS",
          "BUILTIN_ALIAS_OVERRIDE",
          "CACHE_SIZE",
          "COLLATION",
          "CREATE_BUILD",
          "DATABASE",
          "DATABASE_EVENT_LISTENER",
          "DB_CLOSE_DELAY",
          "DEFAULT_LOCK_TIMEOUT",
          "DEFAULT_NULL_ORDERING",
          "DEFAULT_TABLE_TYPE",
          "EXCLUSIVE",
          "FOREIGN_KEY_CHECKS",
          "IGNORECASE",
          "IGNORE_CATALOGS",
          "JAVA_OBJECT_SERIALIZER",
          "LOCK_MODE",
          "MAX_LENGTH_INPLACE_LOB",
          "MAX_LOG_SIZE",
          "MAX_MEMORY_ROWS",
          "MAX_MEMORY_UNDO",
          "MAX_OPERATION_MEMORY",
          "MODE",
          "OPTIMIZE_REUSE_RESULTS",
          "PASSWORD",
          "QUERY_STATISTICS",
          "QUERY_STATISTICS_MAX_ENTRIES",
          "REFERENTIAL_INTEGRITY",
          "SALT",
          "SESSION",
          "TRACE_MAX_FILE_SIZE",
          "TRANSACTION");

  private static final Set<String> OFF = Set.of("OFF", "FALSE", "0");

  private final String sql;
  private final H2Tokens tokens;

  private @Nullable String ending;
  private boolean changesSession;

  private H2Statements(String sql, H2Tokens tokens) {
    this.sql = sql;
    this.tokens = tokens;
  }

  /**
   * @param brackets whether names stand in brackets too
   */
  static H2Statements read(String sql, boolean brackets) {
    return new H2Statements(sql, new H2Tokens(sql, brackets)).all();
  }

  private H2Statements all() {
    while (tokens.next() != Kind.END) {
      statement();
    }
    return this;
  }

  /** Answers how the first statement begins that would end the branch, null if there is none. */
  @Nullable String ending() {
    return ending;
  }

  /** Whether a statement changes what the session keeps beyond the transaction. */
  boolean changesSession() {
    return changesSession;
  }

  /** Reads a statement from its first token to its semicolon. */
  private void statement() {
    if (tokens.kind() == Kind.WORD && tokens.length() <= "DEALLOCATE".length()) {
      int start = tokens.start();
      boolean ends = begins(tokens.text().toUpperCase(Locale.ROOT));
      if (ends && ending == null) {
        ending = sql.substring(start).strip();
      }
    }
    while (tokens.kind() != Kind.SEMICOLON && tokens.kind() != Kind.END) {
      // A session's variable may be set within an expression.
      changesSession |= tokens.kind() == Kind.AT;
      tokens.next();
    }
  }

  /** Reads how a statement begins, and answers whether it would end the branch. */
  private boolean begins(String first) {
    return switch (first) {
      case "ANALYZE",
          "BACKUP",
          "BEGIN",
          "COMMENT",
          "COMMIT",
          "DEALLOCATE",
          "DROP",
          "GRANT",
          "PREPARE",
          "REFRESH",
          "REVOKE",
          "SCRIPT",
          "SHUTDOWN",
          "TRUNCATE" ->
          true;
      case "ROLLBACK" -> !isToSavepoint();
      case "EXECUTE" -> executes();
      case "SET" -> sets();
      case "ALTER" -> alters();
      case "CREATE", "DECLARE" -> creates();
      case "FN", "OJ", "PARAMS" -> escapes();
      case "RUNSCRIPT" -> {
        changesSession = true;
        yield true;
      }
      case "USE" -> {
        changesSession = true;
        yield false;
      }
      default -> false;
    };
  }

  /** Reads what stands in a JDBC escape, which the driver takes away. */
  private boolean escapes() {
    return tokens.next() == Kind.WORD && begins(tokens.text().toUpperCase(Locale.ROOT));
  }

  private boolean isToSavepoint() {
    tokens.next();
    if (tokens.is("WORK")) {
      tokens.next();
    }
    return tokens.is("TO");
  }

  /** Reads a statement that stands in a constant; what stands in an expression is not seen. */
  private boolean executes() {
    tokens.next();
    if (!tokens.is("IMMEDIATE")) {
      return true;
    }
    // Whatever it does to the session cannot be told.
    changesSession = true;
    while (tokens.next() == Kind.OPEN) {
      // The constant may stand in parentheses.
    }
    if (tokens.kind() != Kind.STRING) {
      return false;
    }
    return new H2Statements(sql, tokens.inside()).all().ending() != null;
  }

  private boolean sets() {
    if (tokens.next() == Kind.AT) {
      return false;
    }
    changesSession = true;
    if (tokens.is("AUTOCOMMIT")) {
      return !isOff();
    }
    if (tokens.is("SESSION") || tokens.is("TRANSACTION")) {
      return true;
    }
    return tokens.kind() == Kind.WORD
        && COMMITTING_SETTINGS.contains(tokens.text().toUpperCase(Locale.ROOT));
  }

  private boolean isOff() {
    tokens.next();
    if (tokens.kind() == Kind.OTHER && tokens.text().equals("=")) {
      tokens.next();
    }
    return OFF.contains(tokens.text().toUpperCase(Locale.ROOT));
  }

  private boolean alters() {
    tokens.next();
    return !tokens.is("SEQUENCE");
  }

  /** Sequences, and temporary tables that say so, are made within the transaction. */
  private boolean creates() {
    tokens.next();
    if (tokens.is("OR")) {
      tokens.next();
      tokens.next();
    }
    if (tokens.is("SEQUENCE")) {
      return false;
    }
    if (tokens.is("LOCAL") || tokens.is("GLOBAL")) {
      tokens.next();
    }
    if (tokens.is("TEMPORARY") || tokens.is("TEMP")) {
      changesSession = true;
      return !isTransactional();
    }
    return true;
  }

  private boolean isTransactional() {
    int depth = 0;
    boolean named = false;
    while (tokens.next() != Kind.SEMICOLON && tokens.kind() != Kind.END) {
      if (depth == 0 && named && tokens.is("TRANSACTIONAL")) {
        return true;
      }
      if (depth == 0 && tokens.is("AS")) {
        return false;
      }
      depth += tokens.kind() == Kind.OPEN ? 1 : tokens.kind() == Kind.CLOSE ? -1 : 0;
      named = !tokens.is("TABLE") && !tokens.is("EXISTS") && tokens.kind() != Kind.DOT;
    }
    return false;
  }
}
