package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.OrderFile;
import dev.handfast.examples.orders.process.Parent;
import java.nio.file.Path;

/**
 * The auditor's process. It tells {@code line TEXT} for each line of its report and {@code result
 * INVOICES ROWS EVENTS SHIPMENTS NOTIFICATIONS IN-DOUBT OK|FAILED} at the end.
 */
public final class AuditMain {

  private AuditMain() {}

  /**
   * Arguments: the order file, the URLs of the orders' database, the shipments' database and the
   * broker, and the queues of events, notifications and dead letters.
   */
  public static void main(String[] args) {
    Parent parent = Parent.connect(order -> {});
    try {
      AuditReport report =
          Audit.of(
              Found.of(
                  OrderFile.read(Path.of(args[0])).invoices(),
                  OrdersState.read(args[1]),
                  ShipmentsState.read(args[2]),
                  BrokerState.read(args[3], new BrokerState.Names(args[4], args[5], args[6]))));
      report.lines().forEach(line -> parent.tell("line", line));
      parent.tell(
          "result",
          report.file().invoices(),
          report.orders().invoices(),
          report.events(),
          report.shipments().invoices(),
          report.notifications(),
          report.inDoubt(),
          report.isOk() ? "OK" : "FAILED");
    } catch (Exception e) {
      e.printStackTrace();
      parent.tell("failed", e);
      Runtime.getRuntime().halt(1);
    }
  }
}
