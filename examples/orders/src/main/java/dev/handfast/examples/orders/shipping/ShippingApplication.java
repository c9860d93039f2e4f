package dev.handfast.examples.orders.shipping;

import dev.handfast.examples.orders.process.Parent;
import dev.handfast.xa.recovery.RecoveryReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The shipping application: ships what it hears of, until it is told to close. */
public final class ShippingApplication {

  /** The name of its node, and its user name at the broker. */
  public static final String NODE = "shipping-demo";

  /** The queue that it sends notifications to. */
  public static final String NOTIFICATIONS = "orders.notifications";

  /** The queue for events that cannot be shipped. */
  public static final String DEAD_LETTERS = "orders.dead-letters";

  /** The queue that it listens to. */
  static final String EVENTS = "orders.events";

  private static final String WITHOUT_HANDFAST = "--without-handfast";

  private ShippingApplication() {}

  /**
   * Arguments: the run's directory, the broker's URL, the number of threads, and {@code
   * --without-handfast} or nothing.
   */
  public static void main(String[] args) {
    CountDownLatch toldToClose = new CountDownLatch(1);
    Parent parent = Parent.connect(order -> toldToClose.countDown());
    ShippingSettings settings =
        new ShippingSettings(Path.of(args[0]), args[1], Integer.parseInt(args[2]));
    boolean handfast = !List.of(args).contains(WITHOUT_HANDFAST);
    try (Shipping shipping =
        handfast ? TransactionalShipping.open(settings) : LocalShipping.open(settings)) {
      run(shipping, parent);
      toldToClose.await();
    } catch (Exception e) {
      e.printStackTrace();
      parent.tell("failed", e);
      Runtime.getRuntime().halt(1);
    }
  }

  /** Says what was recovered when the start is complete. */
  private static void run(Shipping shipping, Parent parent) throws Exception {
    Shipments.prepare(shipping.database());
    parent.tell("resumed-shipping", Shipments.count(shipping.database()));
    shipping.begin(number -> parent.tell("shipped", number));
    RecoveryReport recovery = shipping.recovery();
    parent.tell(
        "recovered",
        recovery.committed(),
        recovery.rolledBack(),
        recovery.unresolved(),
        recovery.duration().toMillis());
  }
}
