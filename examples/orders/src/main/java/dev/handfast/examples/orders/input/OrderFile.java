package dev.handfast.examples.orders.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of order lines, read and checked as a whole.
 *
 * @param invoices of the good lines, in the order of their first line
 * @param bad lines that broke a rule, in the order of the file
 */
public record OrderFile(List<Invoice> invoices, List<BadLine> bad) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String TITLES =
      Stream.of(Column.values()).map(Column::title).collect(Collectors.joining(","));

  public OrderFile {
    invoices = List.copyOf(invoices);
    bad = List.copyOf(bad);
  }

  /**
   * Reads and checks a file.
   *
   * @throws OrderFileException if it cannot be read, or its first line is not that of an order file
   */
  public static OrderFile read(Path file) throws OrderFileException {
    return of(bytes(file), file.toString());
  }

  /**
   * The bytes of a file, for {@link #of}.
   *
   * @throws OrderFileException if it cannot be read
   */
  public static byte[] bytes(Path file) throws OrderFileException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new OrderFileException(
          file + ": there is no such file. To solve this, give --file a file that exists.", e);
    } catch (IOException e) {
      throw new OrderFileException(
          file + ": cannot be read (" + e.getMessage() + "). To solve this, give a readable file.",
          e);
    }
  }

  /**
   * Checks the contents of a file.
   *
   * @param name how messages call it
   * @throws OrderFileException if its first line is not that of an order file
   */
  public static OrderFile of(byte[] contents, String name) throws OrderFileException {
    String text = new String(contents, StandardCharsets.UTF_8);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(BYTE_ORDER_MARK.length());
    }
    List<String> lines = text.lines().toList();
    requireTitles(name, lines.isEmpty() ? "" : lines.get(0));
    InvoiceCollector collector = new InvoiceCollector(name);
    for (int i = 1; i < lines.size(); i++) {
      collector.add(i + 1, lines.get(i));
    }
    return collector.file();
  }

  /** How many lines were good. */
  public int lines() {
    return invoices.stream().mapToInt(invoice -> invoice.lines().size()).sum();
  }

  private static void requireTitles(String name, String line) throws OrderFileException {
    List<String> found = titles(line);
    for (Column column : Column.values()) {
      String title = column.in(found);
      if (!title.equals(column.title())) {
        String rule = "the title " + column.title();
        throw new OrderFileException(
            new BadLine(name, 1, column.place(), title, rule)
                + ". To solve this, give an order file: its first line is "
                + TITLES
                + ".");
      }
    }
  }

  private static List<String> titles(String line) {
    try {
      return CsvLine.split(line);
    } catch (CsvLine.UnevenQuotesException e) {
      return List.of(line);
    }
  }
}
