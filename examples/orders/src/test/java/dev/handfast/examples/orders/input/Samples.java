package dev.handfast.examples.orders.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Order files for tests. */
public final class Samples {

  private Samples() {}

  /** The file that comes with the demo. */
  public static OrderFile ownFile() throws IOException, OrderFileException {
    return OrderFile.of(ownBytes(), "online-retail.csv");
  }

  /** Every so manieth invoice of that file, among them cancellations and some without customer. */
  public static OrderFile writeEvery(int step, Path target) throws IOException, OrderFileException {
    List<String> lines = new String(ownBytes(), StandardCharsets.UTF_8).lines().toList();
    Set<String> chosen = new HashSet<>();
    List<Invoice> invoices = ownFile().invoices();
    for (int i = 0; i < invoices.size(); i += step) {
      chosen.add(invoices.get(i).number());
    }
    List<String> kept =
        lines.stream()
            .filter(
                line ->
                    line.startsWith("InvoiceNo")
                        || chosen.contains(line.substring(0, line.indexOf(','))))
            .toList();
    Files.write(target, kept);
    return OrderFile.read(target);
  }

  private static byte[] ownBytes() throws IOException {
    try (InputStream stream = OrderFile.class.getResourceAsStream("online-retail.csv")) {
      return stream.readAllBytes();
    }
  }
}
