package dev.handfast.xa.jdbc.internal.dialect.h2;

/**
 * Reads the tokens of a text one after another, as H2's own tokenizer does. Space and comments are
 * left out, and so are the braces of a JDBC escape, which the driver takes away. It goes over the
 * text once and keeps nothing of it. A text that H2 could not read ends where that is seen. Not
 * safe for use by many threads.
 */
final class H2Tokens {

  /** Is what a token is, as far as it matters for what a statement does. */
  enum Kind {
    /** A keyword or a name without quotes. */
    WORD,
    /** A name in quotes. */
    QUOTED,
    /** A constant in quotes or between dollars. */
    STRING,
    OPEN,
    CLOSE,
    AT,
    DOT,
    SEMICOLON,
    OTHER,
    END
  }

  private final String sql;
  private final int end;
  private final boolean brackets;
  private int at;
  private int start;
  private Kind kind = Kind.OTHER;

  /**
   * @param brackets whether names stand in brackets too, as in the mode of another product
   */
  H2Tokens(String sql, boolean brackets) {
    this(sql, 0, sql.length(), brackets);
  }

  private H2Tokens(String sql, int at, int end, boolean brackets) {
    this.sql = sql;
    this.at = at;
    this.end = end;
    this.brackets = brackets;
  }

  Kind kind() {
    return kind;
  }

  /** Whether the present token is this keyword or name. */
  boolean is(String word) {
    return kind == Kind.WORD
        && at - start == word.length()
        && sql.regionMatches(true, start, word, 0, word.length());
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

  /**
   * Answers the tokens of the statement that stands in the present constant, if it holds no quote
   * of its own and no escape, so that it can be read in its place.
   */
  H2Tokens inside() {
    boolean dollars = sql.charAt(start) == '$';
    int mark = dollars ? 2 : 1;
    return new H2Tokens(sql, start + mark, at - mark, brackets);
  }

  /** Goes to the next token and answers its kind. */
  Kind next() {
    skip();
    start = at;
    if (at >= end) {
      kind = Kind.END;
      return kind;
    }
    char c = sql.charAt(at);
    kind =
        switch (c) {
          case '\'' -> upTo("'", 1, Kind.STRING);
          case '"' -> upTo("\"", 1, Kind.QUOTED);
          case '`' -> upTo("`", 1, Kind.QUOTED);
          case '[' -> brackets ? upTo("]", 1, Kind.QUOTED) : one(Kind.OTHER);
          case '$' -> sql.startsWith("$$", at) ? upTo("$$", 2, Kind.STRING) : one(Kind.OTHER);
          case '(' -> one(Kind.OPEN);
          case ')' -> one(Kind.CLOSE);
          case '@' -> one(Kind.AT);
          case '.' -> one(Kind.DOT);
          case ';' -> one(Kind.SEMICOLON);
          default -> word(c);
        };
    return kind;
  }

  private Kind one(Kind found) {
    at++;
    return found;
  }

  /** Reads to the mark that ends a constant or name; a doubled one begins its next part. */
  private Kind upTo(String mark, int length, Kind found) {
    int close = sql.indexOf(mark, at + length);
    if (close < 0 || close + length > end) {
      at = end;
      return Kind.OTHER;
    }
    at = close + length;
    return found;
  }

  private Kind word(char c) {
    if (!Character.isJavaIdentifierStart(codePoint(c))) {
      return one(Kind.OTHER);
    }
    while (at < end) {
      int each = codePoint(sql.charAt(at));
      if (!Character.isJavaIdentifierPart(each)) {
        break;
      }
      at += Character.charCount(each);
    }
    return Kind.WORD;
  }

  private int codePoint(char c) {
    return Character.isHighSurrogate(c) ? sql.codePointAt(at) : c;
  }

  private void skip() {
    while (at < end) {
      char c = sql.charAt(at);
      if (c <= ' ' || c == '{' || c == '}' || isSpace(c)) {
        at++;
      } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
        skipLine();
      } else if (sql.startsWith("/*", at)) {
        skipComment();
      } else {
        return;
      }
    }
  }

  private static boolean isSpace(char c) {
    return c > '~' && (Character.isSpaceChar(c) || Character.isWhitespace(c));
  }

  private void skipLine() {
    while (at < end && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
    }
  }

  /** Skips a comment and those within it. */
  private void skipComment() {
    int depth = 0;
    while (at < end) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return;
        }
      } else {
        at++;
      }
    }
  }
}
