package dev.handfast.examples.orders.input;

import java.util.List;
import java.util.stream.Stream;

/** The columns of an order file, in their order. */
enum Column {
  INVOICE_NO(1, "InvoiceNo", "six digits, with a C in front of them for a cancellation"),
  STOCK_CODE(2, "StockCode", "1 to 20 characters"),
  DESCRIPTION(3, "Description", "at most 100 characters"),
  QUANTITY(4, "Quantity", "a whole number from -999999 to 999999 other than 0"),
  INVOICE_DATE(5, "InvoiceDate", "a moment such as 2010-12-01 08:26:00"),
  UNIT_PRICE(6, "UnitPrice", "a decimal from 0 to 99999.99 with at most two places"),
  CUSTOMER_ID(7, "CustomerID", "empty, or 1 to 9 digits"),
  COUNTRY(8, "Country", "1 to 60 characters");

  private final int position;
  private final String title;
  private final String rule;

  Column(int position, String title, String rule) {
    this.position = position;
    this.title = title;
    this.rule = rule;
  }

  /** The column at a position counted from 1; the last one if there are fewer. */
  static Column at(int position) {
    return Stream.of(values())
        .filter(column -> column.position == position)
        .findFirst()
        .orElse(COUNTRY);
  }

  /** The column's value in the fields of a line; empty if the line is too short. */
  String in(List<String> fields) {
    return position <= fields.size() ? fields.get(position - 1) : "";
  }

  /** As the first line of the file spells it. */
  String title() {
    return title;
  }

  /** What a value must be. */
  String rule() {
    return rule;
  }

  /** For a message. */
  String place() {
    return position + " (" + title + ")";
  }
}
