package dev.handfast.xa.internal.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a properties file into lines with a key each: continued lines joined, comments left out.
 */
final class LogicalLines {

  /**
   * One line that holds a key.
   *
   * @param number of its first natural line, from 1
   * @param text with the line ends of continued lines
   */
  record Line(int number, String text) {}

  private LogicalLines() {}

  static List<Line> of(String text) {
    String[] natural = text.split("\r\n|\r|\n", -1);
    var lines = new ArrayList<Line>();
    int i = 0;
    while (i < natural.length) {
      int first = i++;
      String start = stripped(natural[first]);
      if (start.isEmpty() || start.startsWith("#") || start.startsWith("!")) {
        continue;
      }
      var line = new StringBuilder(natural[first]);
      while (isContinued(line) && i < natural.length) {
        line.append('\n').append(natural[i++]);
      }
      lines.add(new Line(first + 1, line.toString()));
    }
    return lines;
  }

  /** Drops what counts as white space at the start of a line of a properties file. */
  private static String stripped(String line) {
    return line.replaceFirst("^[ \t\f]+", "");
  }

  private static boolean isContinued(CharSequence line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }
}
