package dev.handfast.xa.jdbc.internal.sql;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Reads SQL by the standard, for a database of which nothing else is known. Where a backslash
 * stands in a constant, databases differ about where the constant ends; what follows it is not
 * judged.
 */
public final class StandardMarks implements SqlMarks {

  /** Begin statements that leave nothing behind in the session. */
  private static final Set<String> WORK =
      Set.of(
          "SELECT",
          "INSERT",
          "UPDATE",
          "DELETE",
          "MERGE",
          "VALUES",
          "WITH",
          "CALL",
          "TABLE",
          "SAVEPOINT",
          "RELEASE",
          "ROLLBACK",
          "COMMIT",
          "EXPLAIN",
          "SHOW");

  @Override
  public Set<Mark> of(String sql) {
    Reading reading = new Reading(sql);
    while (reading.next()) {
      reading.judge();
    }
    return Set.copyOf(reading.marks);
  }

  @Override
  public String ending(String sql) {
    Reading reading = new Reading(sql);
    while (reading.next()) {
      reading.judge();
      if (reading.marks.contains(Mark.ENDS_BRANCH)) {
        return sql.substring(reading.start).strip();
      }
    }
    return sql;
  }

  /** Goes from statement to statement. */
  private static final class Reading {

    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
    private final String sql;
    private int at;
    private int start;
    private String first = "";
    private String second = "";
    private String third = "";

    private Reading(String sql) {
      this.sql = sql;
    }

    /** Reads the first words of the next statement, and to its end. */
    private boolean next() {
      first = "";
      second = "";
      third = "";
      int words = 0;
      while (at < sql.length()) {
        char c = sql.charAt(at);
        if (c == ';') {
          at++;
          if (words > 0) {
            return true;
          }
        } else if (Character.isJavaIdentifierStart(c)) {
          word(words++);
        } else if (!skipped(c)) {
          // A text without an end, or one that cannot be read: what was read counts.
          at = sql.length();
        }
      }
      return words > 0;
    }

    private void word(int index) {
      int from = at;
      while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
        at++;
      }
      switch (index) {
        case 0 -> {
          start = from;
          first = upper(from);
        }
        case 1 -> second = upper(from);
        case 2 -> third = upper(from);
        default -> {
          // Three words tell.
        }
      }
    }

    private String upper(int from) {
      return sql.substring(from, at).toUpperCase(Locale.ROOT);
    }

    /** Goes over a constant, a name in quotes, a comment or anything else. */
    private boolean skipped(char c) {
      if (c == '\'' || c == '"') {
        int from = at;
        return skippedTo(String.valueOf(c), 1) && sql.lastIndexOf('\\', at - 1) < from;
      }
      if (sql.startsWith("--", at)) {
        return skippedTo("\n", 2);
      }
      if (sql.startsWith("/*", at)) {
        return skippedTo("*/", 2);
      }
      at++;
      return true;
    }

    private boolean skippedTo(String end, int length) {
      int found = sql.indexOf(end, at + length);
      at = found < 0 ? sql.length() : found + end.length();
      return found >= 0;
    }

    private void judge() {
      if (ends()) {
        marks.add(Mark.ENDS_BRANCH);
      }
      if (!WORK.contains(first)) {
        marks.add(Mark.CHANGES_SESSION);
      }
    }

    private boolean ends() {
      return switch (first) {
        case "COMMIT", "XA" -> true;
        case "ROLLBACK" -> !(second.equals("TO") || third.equals("TO"));
        case "START", "PREPARE" -> second.equals("TRANSACTION");
        case "SET" -> second.equals("AUTOCOMMIT");
        default -> false;
      };
    }
  }
}
