package dev.handfast.examples.orders.shipping;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.RecoveryReport;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.sql.Connection;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Receipt, shipment and notification of an event are one global transaction. */
final class TransactionalShipping implements Shipping {

  /**
   * A delivery that ends with a kill counts as a failed one, and the demo kills up to 100 times.
   */
  private static final int DELIVERIES = 200;

  private final int threads;
  private final Handfast handfast;
  private final DataSource database;
  private final ArtemisConnections broker;
  private @Nullable Listener listener;

  private TransactionalShipping(
      int threads, Handfast handfast, DataSource database, ArtemisConnections broker) {
    this.threads = threads;
    this.handfast = handfast;
    this.database = database;
    this.broker = broker;
  }

  /** Starts the runtime, which first resolves what an earlier run left in doubt. */
  static Shipping open(ShippingSettings settings) {
    var shipments =
        JdbcResource.named("shipments")
            .url(settings.databaseUrl())
            .maxSize(settings.threads() + 1)
            .build();
    var events =
        ArtemisResource.named("events")
            .url(settings.brokerUrl())
            .username(ShippingApplication.NODE)
            .build();
    Handfast handfast =
        Handfast.builder()
            .nodeName(ShippingApplication.NODE)
            .logStore(LogStore.file(settings.logStore()))
            .resources(shipments, events)
            .start();
    return new TransactionalShipping(
        settings.threads(), handfast, handfast.resource(shipments), handfast.resource(events));
  }

  @Override
  public DataSource database() {
    return database;
  }

  @Override
  public RecoveryReport recovery() {
    return handfast.recovery().status().startup();
  }

  @Override
  public void begin(Consumer<String> shipped) {
    ListenerOptions options =
        ListenerOptions.defaults()
            .concurrency(threads)
            .redeliveryLimit(DELIVERIES)
            .redeliveryDelay(Duration.ofMillis(100))
            .deadLetter(ShippingApplication.DEAD_LETTERS)
            .messageGroups();
    listener =
        broker.listen(ShippingApplication.EVENTS, options, message -> ship(message, shipped));
  }

  @Override
  public void close() {
    if (listener != null) {
      listener.close();
    }
    handfast.close();
  }

  /** Called in the transaction that has received the message. */
  private void ship(Message message, Consumer<String> shipped) throws Exception {
    InvoiceEvent event = InvoiceEvent.of(message);
    try (Connection connection = database.getConnection();
        JMSContext context = broker.createContext()) {
      long shipment = Shipments.book(connection, event);
      Notifications.send(context, event, shipment);
    }
    handfast
        .synchronizationRegistry()
        .registerInterposedSynchronization(onCommit(() -> shipped.accept(event.number())));
  }

  private static Synchronization onCommit(Runnable action) {
    return new Synchronization() {
      @Override
      public void beforeCompletion() {}

      @Override
      public void afterCompletion(int status) {
        if (status == Status.STATUS_COMMITTED) {
          action.run();
        }
      }
    };
  }
}
