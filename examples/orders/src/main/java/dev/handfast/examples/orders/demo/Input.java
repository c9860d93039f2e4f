package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.input.BadLine;
import dev.handfast.examples.orders.input.OrderFile;
import dev.handfast.examples.orders.input.OrderFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The order file of a run, read once. */
final class Input {

  private static final String OWN_FILE = "online-retail.csv";
  private static final int SHOWN = 20;

  private final String name;
  private final byte[] contents;
  private final OrderFile orders;

  private Input(String name, byte[] contents, OrderFile orders) {
    this.name = name;
    this.contents = contents;
    this.orders = orders;
  }

  /**
   * Reads and checks.
   *
   * @param file null for the file that comes with the demo
   * @param skipBadLines whether lines that break a rule are left out; otherwise they are refused
   * @throws WrongInputException saying what is wrong, where, and what to do
   */
  static Input read(@Nullable Path file, boolean skipBadLines) throws WrongInputException {
    String name = file == null ? OWN_FILE : file.toString();
    try {
      byte[] contents = file == null ? ownFile() : OrderFile.bytes(file);
      OrderFile orders = OrderFile.of(contents, name);
      if (!skipBadLines && !orders.bad().isEmpty()) {
        throw new WrongInputException(
            list(orders.bad())
                + System.lineSeparator()
                + "To solve this, correct the file, or give --skip-bad-lines to book the rest.");
      }
      if (orders.invoices().isEmpty()) {
        throw new WrongInputException(
            name + ": no line can be booked. To solve this, give a file with order lines.");
      }
      return new Input(name, contents, orders);
    } catch (OrderFileException e) {
      throw new WrongInputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** For the viewer. */
  String name() {
    return name;
  }

  /** The orders that are in it. */
  OrderFile orders() {
    return orders;
  }

  /** Writes what was read. */
  void writeTo(Path copy) throws IOException {
    Files.write(copy, contents);
  }

  /** One line for each of the first bad lines, and one for the number of the others. */
  static String list(List<BadLine> bad) {
    String shown =
        bad.stream()
            .limit(SHOWN)
            .map(BadLine::toString)
            .collect(Collectors.joining(System.lineSeparator()));
    int more = bad.size() - SHOWN;
    return more <= 0 ? shown : shown + System.lineSeparator() + "and " + more + " more bad lines";
  }

  private static byte[] ownFile() throws WrongInputException {
    try (InputStream stream = OrderFile.class.getResourceAsStream(OWN_FILE)) {
      if (stream == null) {
        throw new WrongInputException(OWN_FILE + " is not on the class path");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new WrongInputException(OWN_FILE + " cannot be read from the class path", e);
    }
  }
}
