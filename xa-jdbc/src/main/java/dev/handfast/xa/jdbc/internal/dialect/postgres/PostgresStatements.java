package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.postgres.PostgresTokens.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text statement by statement, as PostgreSQL's grammar does, and tells of them what matters
 * to a branch and to the session. What a function does that a statement calls is not seen. Not safe
 * for use by many threads.
 */
final class PostgresStatements {

  private final PostgresTokens tokens;
  private final String sql;
  private @Nullable String ending;
  private boolean changesSession;

  private PostgresStatements(String sql, boolean backslashes) {
    this.sql = sql;
    this.tokens = new PostgresTokens(sql, backslashes);
  }

  /**
   * @param backslashes whether a backslash escapes in a plain constant too
   */
  static PostgresStatements read(String sql, boolean backslashes) {
    var read = new PostgresStatements(sql, backslashes);
    while (read.tokens.next() != Kind.END) {
      read.statement();
    }
    return read;
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
    if (tokens.kind() == Kind.WORD) {
      int start = tokens.start();
      String first = tokens.text();
      if (first.length() <= "deallocate".length()) {
        boolean ends = begins(first.toLowerCase(Locale.ROOT));
        if (ends && ending == null) {
          ending = sql.substring(start).strip();
        }
      }
    }
    rest();
  }

  /** Reads how a statement begins, and answers whether it would end the branch. */
  private boolean begins(String first) {
    switch (first) {
      case "end", "abort" -> {
        return true;
      }
      case "commit" -> {
        tokens.next();
        return !tokens.is("prepared");
      }
      case "rollback" -> {
        return rollback();
      }
      case "prepare" -> {
        tokens.next();
        boolean transaction = tokens.is("transaction") && tokens.next() == Kind.STRING;
        changesSession |= !transaction;
        return transaction;
      }
      case "set" -> set();
      case "create" -> create();
      case "declare" -> declare();
      case "deallocate", "discard", "do", "listen", "load", "reset", "unlisten" ->
          changesSession = true;
      default -> {
        // Works on rows, or defines what is part of the transaction.
      }
    }
    return false;
  }

  private boolean rollback() {
    tokens.next();
    if (tokens.is("work") || tokens.is("transaction")) {
      tokens.next();
    }
    return !tokens.is("to") && !tokens.is("prepared");
  }

  private void set() {
    tokens.next();
    changesSession |= !tokens.is("local") && !tokens.is("transaction") && !tokens.is("constraints");
  }

  private void create() {
    do {
      tokens.next();
    } while (tokens.is("or") || tokens.is("replace") || tokens.is("local") || tokens.is("global"));
    if (tokens.is("function") || tokens.is("procedure")) {
      routine();
    } else {
      changesSession |= isTemporary();
    }
  }

  private void declare() {
    while (!atEnd() && !tokens.is("for")) {
      boolean with = tokens.is("with");
      tokens.next();
      changesSession |= with && tokens.is("hold");
    }
  }

  private boolean isTemporary() {
    return tokens.is("temp") || tokens.is("temporary");
  }

  /** Reads a routine, whose body may be statements between {@code BEGIN ATOMIC} and END. */
  private void routine() {
    int depth = 0;
    boolean begin = false;
    while (!atEnd()) {
      depth += tokens.kind() == Kind.OPEN ? 1 : 0;
      depth -= tokens.kind() == Kind.CLOSE ? 1 : 0;
      if (begin && depth == 0 && tokens.is("atomic")) {
        body();
        return;
      }
      begin = tokens.is("begin");
      tokens.next();
    }
  }

  private void body() {
    tokens.next();
    while (tokens.kind() != Kind.END && !tokens.is("end")) {
      while (!atEnd()) {
        tokens.next();
      }
      tokens.next();
    }
  }

  private boolean atEnd() {
    return tokens.kind() == Kind.SEMICOLON || tokens.kind() == Kind.END;
  }

  /** Goes on to the end of the statement. */
  private void rest() {
    while (!atEnd()) {
      if (tokens.is("into")) {
        tokens.next();
        changesSession |= isTemporary() && makesTable();
      } else if (tokens.names("set_config")) {
        changesSession |= !isLocalSetting();
      } else {
        changesSession |= locksSession() || tokens.names("pg_temp");
        tokens.next();
      }
    }
  }

  /** Tells {@code INTO TEMP name} from a table of that name, into which rows are put. */
  private boolean makesTable() {
    tokens.next();
    boolean keyword =
        tokens.is("values")
            || tokens.is("select")
            || tokens.is("default")
            || tokens.is("overriding")
            || tokens.is("with")
            || tokens.is("as");
    return tokens.kind() == Kind.QUOTED || (tokens.kind() == Kind.WORD && !keyword);
  }

  /** Advisory locks are held by the session, except where their names say otherwise. */
  private boolean locksSession() {
    if (tokens.kind() != Kind.WORD && tokens.kind() != Kind.QUOTED) {
      return false;
    }
    int length = tokens.length();
    if (length < "pg_advisory_lock".length()
        || length > "pg_try_advisory_xact_lock_shared".length() + 2) {
      return false;
    }
    String name = tokens.text().toLowerCase(Locale.ROOT);
    return name.contains("pg_") && name.contains("advisory") && !name.contains("_xact_");
  }

  /**
   * Reads the call's arguments: the third is the constant true where it is for this transaction.
   */
  private boolean isLocalSetting() {
    if (tokens.next() != Kind.OPEN) {
      return false;
    }
    int depth = 1;
    int arguments = 1;
    boolean constant = false;
    while (depth > 0) {
      boolean separated = tokens.kind() == Kind.COMMA || tokens.kind() == Kind.OPEN;
      tokens.next();
      if (atEnd() || tokens.names("set_config") || locksSession()) {
        return false;
      }
      switch (tokens.kind()) {
        case OPEN -> depth++;
        case CLOSE -> depth--;
        case COMMA -> arguments += depth == 1 ? 1 : 0;
        default -> constant = separated && depth == 1 && tokens.is("true");
      }
    }
    return arguments == 3 && constant;
  }
}
