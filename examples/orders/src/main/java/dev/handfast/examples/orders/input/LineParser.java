package dev.handfast.examples.orders.input;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks one line against the rules of its columns. */
final class LineParser {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern NUMBER = Pattern.compile("C?[0-9]{6}");
  private static final Pattern QUANTITY = Pattern.compile("-?[0-9]{1,6}");
  private static final Pattern PRICE = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,2})?");
  private static final Pattern CUSTOMER = Pattern.compile("[0-9]{1,9}");

  private final String file;
  private final int number;
  private final List<String> fields;

  private LineParser(String file, int number, List<String> fields) {
    this.file = file;
    this.number = number;
    this.fields = fields;
  }

  /**
   * Parses a line of the file.
   *
   * @throws BadLineException naming the first rule it breaks
   */
  static ParsedLine parse(String file, int number, String line) throws BadLineException {
    try {
      return new LineParser(file, number, CsvLine.split(line)).parse();
    } catch (CsvLine.UnevenQuotesException e) {
      String place = Column.at(e.index() + 1).place();
      String rule = "a field whose quotes are closed before the next comma or the end of the line";
      throw new BadLineException(new BadLine(file, number, place, e.rest(), rule));
    }
  }

  private ParsedLine parse() throws BadLineException {
    int expected = Column.values().length;
    if (fields.size() != expected) {
      String place = "count " + fields.size();
      String rule = "a line of " + expected + " columns";
      throw new BadLineException(new BadLine(file, number, place, String.join(",", fields), rule));
    }
    String invoice = matching(Column.INVOICE_NO, NUMBER);
    return new ParsedLine(
        number,
        invoice,
        date(),
        customer(),
        text(Column.COUNTRY, 1, 60),
        new OrderLine(
            text(Column.STOCK_CODE, 1, 20),
            text(Column.DESCRIPTION, 0, 100),
            quantity(invoice.startsWith("C")),
            Money.of(new BigDecimal(matching(Column.UNIT_PRICE, PRICE)))));
  }

  private String value(Column column) {
    return column.in(fields);
  }

  private String matching(Column column, Pattern pattern) throws BadLineException {
    String value = value(column);
    require(pattern.matcher(value).matches(), column, column.rule());
    return value;
  }

  private String text(Column column, int shortest, int longest) throws BadLineException {
    String value = value(column);
    boolean fits = value.strip().length() >= shortest && value.length() <= longest;
    require(fits, column, column.rule());
    boolean clean = value.chars().noneMatch(c -> c == '\uFFFD' || Character.isISOControl(c));
    require(clean, column, "text in UTF-8 without control characters");
    return value;
  }

  private int quantity(boolean cancellation) throws BadLineException {
    int quantity = Integer.parseInt(matching(Column.QUANTITY, QUANTITY));
    require(quantity != 0, Column.QUANTITY, Column.QUANTITY.rule());
    boolean comesBack = quantity < 0 || !cancellation;
    require(comesBack, Column.QUANTITY, "negative, as a cancellation's quantities are");
    return quantity;
  }

  private LocalDateTime date() throws BadLineException {
    try {
      return LocalDateTime.parse(value(Column.INVOICE_DATE), DATE);
    } catch (DateTimeParseException e) {
      throw bad(Column.INVOICE_DATE, Column.INVOICE_DATE.rule());
    }
  }

  private @Nullable Integer customer() throws BadLineException {
    if (value(Column.CUSTOMER_ID).isEmpty()) {
      return null;
    }
    return Integer.valueOf(matching(Column.CUSTOMER_ID, CUSTOMER));
  }

  private void require(boolean holds, Column column, String rule) throws BadLineException {
    if (!holds) {
      throw bad(column, rule);
    }
  }

  private BadLineException bad(Column column, String rule) {
    return new BadLineException(new BadLine(file, number, column.place(), value(column), rule));
  }
}
