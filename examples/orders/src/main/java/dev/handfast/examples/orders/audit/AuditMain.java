package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.OrderFile;
import dev.handfast.examples.orders.process.Parent;
import java.nio.file.Path;
import java.util.List;

/**
 * The auditor's process. It tells {@code line TEXT} for each line of its report and {@code result
 * INVOICES ROWS EVENTS IN-DOUBT OK|FAILED} at the end.
 */
public final class AuditMain {

  private AuditMain() {}

  /** Arguments: the order file, the URL of the database, the URL of the broker, and the queue. */
  public static void main(String[] args) {
    Parent parent = Parent.connect(order -> {});
    try {
      List<Invoice> invoices = OrderFile.read(Path.of(args[0])).invoices();
      DatabaseState database = DatabaseState.read(args[1]);
      AuditReport report = Audit.of(invoices, database, QueueState.read(args[2], args[3]));
      report.lines().forEach(line -> parent.tell("line", line));
      parent.tell(
          "result",
          report.file().invoices(),
          report.database().invoices(),
          report.events(),
          report.inDoubt(),
          report.isOk() ? "OK" : "FAILED");
    } catch (Exception e) {
      e.printStackTrace();
      parent.tell("failed", e);
      Runtime.getRuntime().halt(1);
    }
  }
}
