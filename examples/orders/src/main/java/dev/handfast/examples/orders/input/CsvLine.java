package dev.handfast.examples.orders.input;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits one line of comma-separated values. A field may be quoted, a quote inside it is doubled
 * (RFC 4180); here a quoted field ends on the line it began on.
 */
final class CsvLine {

  private final String line;
  private int at;

  private CsvLine(String line) {
    this.line = line;
  }

  /**
   * The fields of a line; at least one.
   *
   * @throws UnevenQuotesException if a quote is not closed, or text follows a closing quote
   */
  static List<String> split(String line) throws UnevenQuotesException {
    CsvLine csv = new CsvLine(line);
    List<String> fields = new ArrayList<>();
    while (true) {
      String field = csv.startsWithQuote() ? csv.quoted(fields.size()) : csv.plain();
      fields.add(field);
      if (csv.at == line.length()) {
        return fields;
      }
      csv.at++;
    }
  }

  private boolean startsWithQuote() {
    return at < line.length() && line.charAt(at) == '"';
  }

  private String plain() {
    int comma = line.indexOf(',', at);
    int end = comma < 0 ? line.length() : comma;
    String field = line.substring(at, end);
    at = end;
    return field;
  }

  private String quoted(int index) throws UnevenQuotesException {
    int start = at;
    StringBuilder field = new StringBuilder();
    while (true) {
      int quote = line.indexOf('"', at + 1);
      if (quote < 0) {
        throw new UnevenQuotesException(index, line.substring(start));
      }
      field.append(line, at + 1, quote);
      at = quote + 1;
      if (at == line.length() || line.charAt(at) == ',') {
        return field.toString();
      }
      if (line.charAt(at) != '"') {
        throw new UnevenQuotesException(index, line.substring(start));
      }
      field.append('"');
    }
  }

  /** The quotes of a field do not match. */
  static final class UnevenQuotesException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int index;
    private final String rest;

    private UnevenQuotesException(int index, String rest) {
      super(rest);
      this.index = index;
      this.rest = rest;
    }

    /** The field, counted from 0. */
    int index() {
      return index;
    }

    /** The line from that field on. */
    String rest() {
      return rest;
    }
  }
}
