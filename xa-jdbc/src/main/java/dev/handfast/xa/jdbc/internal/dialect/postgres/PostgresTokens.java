package dev.handfast.xa.jdbc.internal.dialect.postgres;

/**
 * Reads the tokens of a text one after another, as PostgreSQL's own lexer does (its {@code
 * scan.l}). Space and comments are left out. It goes over the text once and keeps nothing of it.
 * Not safe for use by many threads.
 */
final class PostgresTokens {

  /** Is what a token is, as far as it matters for what a statement does. */
  enum Kind {
    /** A keyword or a name without quotes. */
    WORD,
    /** A name in double quotes. */
    QUOTED,
    /** A constant in quotes of any kind. */
    STRING,
    OPEN,
    CLOSE,
    COMMA,
    SEMICOLON,
    OTHER,
    END
  }

  private final String sql;
  private final boolean backslashes;
  private int at;
  private int start;
  private Kind kind = Kind.OTHER;

  /**
   * @param backslashes whether a backslash escapes in a plain constant too ({@code
   *     standard_conforming_strings = off})
   */
  PostgresTokens(String sql, boolean backslashes) {
    this.sql = sql;
    this.backslashes = backslashes;
  }

  Kind kind() {
    return kind;
  }

  /** Whether the present token is this keyword or name. */
  boolean is(String lowerCase) {
    return kind == Kind.WORD && spells(lowerCase);
  }

  /** Whether the present token is this name, in quotes or without. */
  boolean names(String lowerCase) {
    boolean quoted = kind == Kind.QUOTED && length() == lowerCase.length() + 2;
    return is(lowerCase) || (quoted && sql.startsWith(lowerCase, start + 1));
  }

  /** Answers the present token as it stands in the text. */
  String text() {
    return sql.substring(start, at);
  }

  /** Answers how long the present token is. */
  int length() {
    return at - start;
  }

  /** Answers where the present token begins. */
  int start() {
    return start;
  }

  private boolean spells(String lowerCase) {
    if (at - start != lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      char c = sql.charAt(start + i);
      boolean upper = c >= 'A' && c <= 'Z';
      if ((upper ? c + ('a' - 'A') : c) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Goes on to the next token, and answers its kind; at the end it stays there. */
  Kind next() {
    kind = read();
    return kind;
  }

  private Kind read() {
    skipSpace();
    start = at;
    if (at == sql.length()) {
      return Kind.END;
    }
    char c = sql.charAt(at++);
    return switch (c) {
      case ';' -> Kind.SEMICOLON;
      case '(' -> Kind.OPEN;
      case ')' -> Kind.CLOSE;
      case ',' -> Kind.COMMA;
      case '\'' -> string(backslashes);
      case '"' -> quoted();
      case '$' -> dollar();
      default -> startsWord(c) ? word(c) : other(c);
    };
  }

  private void skipSpace() {
    while (at < sql.length()) {
      if (isSpace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = endOfLine(at);
      } else if (sql.startsWith("/*", at)) {
        skipComment();
      } else {
        return;
      }
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private int endOfLine(int from) {
    int i = from;
    while (i < sql.length() && !isNewline(sql.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isNewline(char c) {
    return c == '\n' || c == '\r';
  }

  /** Comments of this kind hold others. */
  private void skipComment() {
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
  }

  private Kind word(char first) {
    if (at < sql.length() && startsConstant(first)) {
      return prefixed(first);
    }
    while (at < sql.length() && continuesWord(sql.charAt(at))) {
      at++;
    }
    return Kind.WORD;
  }

  /** Whether a letter and what follows it open a constant or a quoted name. */
  private boolean startsConstant(char letter) {
    boolean quote = sql.charAt(at) == '\'';
    return switch (letter) {
      case 'e', 'E', 'b', 'B', 'x', 'X', 'n', 'N' -> quote;
      case 'u', 'U' -> sql.startsWith("&'", at) || sql.startsWith("&\"", at);
      default -> false;
    };
  }

  private Kind prefixed(char letter) {
    boolean unicode = letter == 'u' || letter == 'U';
    boolean name = unicode && sql.charAt(at + 1) == '"';
    at += unicode ? 2 : 1;
    if (name) {
      return quoted();
    }
    return switch (letter) {
      case 'e', 'E' -> string(true);
      case 'b', 'B', 'x', 'X' -> bits();
      default -> string(backslashes && !unicode);
    };
  }

  /** In a constant of bits a quote is never doubled: it ends. */
  private Kind bits() {
    do {
      int end = sql.indexOf('\'', at);
      at = end < 0 ? sql.length() : end + 1;
    } while (at < sql.length() && continued());
    return Kind.STRING;
  }

  /** Reads a constant whose first quote is behind; it goes on on another line in the same way. */
  private Kind string(boolean escapes) {
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '\\' && escapes) {
        at = Math.min(at + 1, sql.length());
      } else if (c == '\'') {
        if (at < sql.length() && sql.charAt(at) == '\'') {
          at++;
        } else if (!continued()) {
          break;
        }
      }
    }
    return Kind.STRING;
  }

  /** Whether a constant goes on after space that holds a newline; if so, goes there. */
  private boolean continued() {
    boolean newline = false;
    int i = at;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (isSpace(c)) {
        newline |= isNewline(c);
        i++;
      } else if (sql.startsWith("--", i)) {
        i = endOfLine(i);
      } else {
        break;
      }
    }
    if (!newline || i == sql.length() || sql.charAt(i) != '\'') {
      return false;
    }
    at = i + 1;
    return true;
  }

  private Kind quoted() {
    int end = sql.indexOf('"', at);
    at = end < 0 ? sql.length() : end + 1;
    return Kind.QUOTED;
  }

  private Kind dollar() {
    int i = at;
    if (i < sql.length() && startsWord(sql.charAt(i))) {
      while (i < sql.length() && continuesTag(sql.charAt(i))) {
        i++;
      }
    }
    if (i == sql.length() || sql.charAt(i) != '$') {
      return other('$');
    }
    String tag = sql.substring(start, i + 1);
    int end = sql.indexOf(tag, i + 1);
    at = end < 0 ? sql.length() : end + tag.length();
    return Kind.STRING;
  }

  /** Digits that follow each other are one token, and what follows them is another. */
  private Kind other(char c) {
    if (isDigit(c)) {
      while (at < sql.length() && isDigit(sql.charAt(at))) {
        at++;
      }
    }
    return Kind.OTHER;
  }

  private static boolean startsWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean continuesTag(char c) {
    return startsWord(c) || isDigit(c);
  }

  private static boolean continuesWord(char c) {
    return continuesTag(c) || c == '$';
  }
}
