package dev.handfast.xa.jdbc.internal.sql;

import java.util.StringTokenizer;

/** Shows SQL in messages. */
public final class SqlWords {

  private SqlWords() {}

  /** The first words of a text, and no more, because a text may hold the values themselves. */
  public static String first(String sql, int most) {
    StringBuilder words = new StringBuilder();
    StringTokenizer tokens = new StringTokenizer(sql);
    for (int i = 0; i < most && tokens.hasMoreTokens(); i++) {
      words.append(i == 0 ? "" : " ").append(tokens.nextToken());
    }
    return words.toString();
  }
}
