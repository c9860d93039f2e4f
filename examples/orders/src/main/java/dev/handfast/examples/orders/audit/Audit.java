package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares the file with what databases and queues hold, and these with each other. */
final class Audit {

  private final Found found;
  private final Map<String, Invoice> file;
  private final OrdersState orders;
  private final Differences differences = new Differences();

  private Audit(Found found) {
    this.found = found;
    this.file = found.file();
    this.orders = found.orders();
  }

  static AuditReport of(Found found) {
    return new Audit(found).report();
  }

  private AuditReport report() {
    compareInvoices();
    compareSums();
    new ShippingAudit(found, differences).compare();
    differences.addIf(found.inDoubt() > 0, inDoubt());
    return new AuditReport(
        Totals.of(file.values()),
        Totals.of(orders.invoices().values().stream().map(Entry::invoice).toList())
            .with(orders.sold(), orders.balances()),
        Totals.ofShipments(found.shipments()),
        Totals.of(
            found.notifications().stream()
                .map(Notification::entry)
                .filter(Objects::nonNull)
                .map(Entry::invoice)
                .toList()),
        found.events().size(),
        found.notifications().size(),
        found.inDoubt(),
        differences.lines());
  }

  private String inDoubt() {
    return "branches in doubt: database of the orders "
        + orders.inDoubt()
        + ", of the shipments "
        + found.shipping().inDoubt()
        + ", broker "
        + found.broker().inDoubt();
  }

  private void compareInvoices() {
    Set<String> stored = orders.invoices().keySet();
    differences.add(
        "invoices missing in the database",
        file.keySet().stream().filter(number -> !stored.contains(number)).toList());
    differences.add(
        "invoices in the database but not in the file",
        stored.stream().filter(number -> !file.containsKey(number)).toList());
    differences.add(
        "invoices whose rows differ from the file",
        file.values().stream()
            .map(Entry::expected)
            .filter(entry -> stored.contains(entry.invoice().number()))
            .filter(entry -> !entry.equals(orders.invoices().get(entry.invoice().number())))
            .map(entry -> entry.invoice().number())
            .toList());
  }

  private void compareSums() {
    Totals expected = Totals.of(file.values());
    differences.add("stock codes", expected.sold(), orders.sold());
    differences.add("customers", expected.balances(), orders.balances());
  }
}
