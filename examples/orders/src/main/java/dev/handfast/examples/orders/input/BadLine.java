package dev.handfast.examples.orders.input;

/**
 * A line that breaks a rule.
 *
 * @param file as the caller named it
 * @param line counted from 1, the titles included
 * @param column its number and title, or what else is wrong with the line
 * @param value as it was found
 * @param rule what it must be
 */
public record BadLine(String file, int line, String column, String value, String rule) {

  private static final int SHOWN = 60;

  /** {@code orders.csv, line 7, column 4 (Quantity): '1.5' is not a whole number …}. */
  @Override
  public String toString() {
    String place = file + ", line " + line + ", column " + column;
    return place + ": '" + printable(value) + "' is not " + rule;
  }

  private static String printable(String value) {
    String shown = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    return shown
        .codePoints()
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
