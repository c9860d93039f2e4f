package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.OrderFile;
import dev.handfast.examples.orders.process.Parent;
import dev.handfast.xa.recovery.RecoveryReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The application: books what the database says is still to do, and waits to be closed. */
public final class OrdersApplication {

  /** The name of its node, and its user name at the broker. */
  public static final String NODE = "orders-demo";

  /** The queue that it sends events to. */
  public static final String EVENTS = InvoiceEvents.QUEUE;

  private static final String WITHOUT_HANDFAST = "--without-handfast";

  private final ShopSettings settings;
  private final boolean handfast;
  private final Parent parent;
  private final CountDownLatch toldToClose;

  private OrdersApplication(
      ShopSettings settings, boolean handfast, Parent parent, CountDownLatch toldToClose) {
    this.settings = settings;
    this.handfast = handfast;
    this.parent = parent;
    this.toldToClose = toldToClose;
  }

  /**
   * Arguments: the run's directory, the broker's URL, the number of threads, and {@code
   * --without-handfast} or nothing.
   */
  public static void main(String[] args) {
    CountDownLatch toldToClose = new CountDownLatch(1);
    Parent parent = Parent.connect(order -> toldToClose.countDown());
    ShopSettings settings = new ShopSettings(Path.of(args[0]), args[1], Integer.parseInt(args[2]));
    boolean handfast = !List.of(args).contains(WITHOUT_HANDFAST);
    try {
      new OrdersApplication(settings, handfast, parent, toldToClose).run();
    } catch (Exception e) {
      e.printStackTrace();
      parent.tell("failed", e);
      Runtime.getRuntime().halt(1);
    }
  }

  private void run() throws Exception {
    List<Invoice> invoices = OrderFile.read(settings.directory().resolve("orders.csv")).invoices();
    try (Shop shop = handfast ? TransactionalShop.open(settings) : LocalShop.open(settings)) {
      tell(shop.recovery());
      Schema.prepare(shop.database(), invoices);
      List<Invoice> toDo = withoutBooked(shop, invoices);
      parent.tell("resumed", invoices.size() - toDo.size());
      new Workers(settings.threads(), invoice -> book(shop, invoice)).doAll(toDo);
      parent.tell("done");
      toldToClose.await();
    }
  }

  private void tell(RecoveryReport recovery) {
    parent.tell(
        "recovered",
        recovery.committed(),
        recovery.rolledBack(),
        recovery.unresolved(),
        recovery.duration().toMillis());
  }

  private static List<Invoice> withoutBooked(Shop shop, List<Invoice> invoices) throws Exception {
    Set<String> booked = InvoiceRows.booked(shop.database());
    return invoices.stream().filter(invoice -> !booked.contains(invoice.number())).toList();
  }

  private void book(Shop shop, Invoice invoice) throws Exception {
    Retry.PATIENT.run(() -> shop.book(invoice));
    parent.tell("booked", invoice.number());
  }
}
