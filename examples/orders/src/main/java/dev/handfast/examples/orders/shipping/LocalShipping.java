package dev.handfast.examples.orders.shipping;

import dev.handfast.xa.recovery.RecoveryReport;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * For comparison: receive an event, commit the shipment, send the notification, acknowledge the
 * event. What fails before the acknowledge is delivered again.
 */
final class LocalShipping implements Shipping {

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final long CLOSING_SECONDS = 30;

  private final int threads;
  private final JdbcConnectionPool database;
  private final ActiveMQConnectionFactory broker;
  private final ExecutorService receivers;
  private volatile boolean closing;

  private LocalShipping(
      int threads, JdbcConnectionPool database, ActiveMQConnectionFactory broker) {
    this.threads = threads;
    this.database = database;
    this.broker = broker;
    this.receivers = Executors.newFixedThreadPool(threads);
  }

  /** One message at a time goes to each thread, so that none has what another could ship. */
  static Shipping open(ShippingSettings settings) {
    JdbcConnectionPool database = JdbcConnectionPool.create(settings.databaseUrl(), "", "");
    database.setMaxConnections(settings.threads() + 1);
    String url = settings.brokerUrl() + "?useEpoll=false&callTimeout=5000&consumerWindowSize=0";
    return new LocalShipping(
        settings.threads(),
        database,
        new ActiveMQConnectionFactory(url, ShippingApplication.NODE, ""));
  }

  @Override
  public DataSource database() {
    return database;
  }

  @Override
  public RecoveryReport recovery() {
    return new RecoveryReport(0, 0, 0, List.of(), Duration.ZERO);
  }

  @Override
  public void begin(Consumer<String> shipped) {
    for (int i = 0; i < threads; i++) {
      receivers.execute(() -> receiveUntilClosed(shipped));
    }
  }

  @Override
  public void close() throws InterruptedException {
    closing = true;
    receivers.shutdown();
    if (!receivers.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
      receivers.shutdownNow();
    }
    broker.close();
    database.dispose();
  }

  /** Connects again when the broker was away. */
  private void receiveUntilClosed(Consumer<String> shipped) {
    while (!closing) {
      try (JMSContext context = broker.createContext(JMSContext.CLIENT_ACKNOWLEDGE);
          JMSConsumer consumer =
              context.createConsumer(context.createQueue(ShippingApplication.EVENTS))) {
        receive(context, consumer, shipped);
      } catch (JMSException | JMSRuntimeException | SQLException e) {
        System.err.println("delivered again later: " + e);
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void receive(JMSContext context, JMSConsumer consumer, Consumer<String> shipped)
      throws JMSException, SQLException {
    while (!closing) {
      Message message = consumer.receive(PAUSE.toMillis());
      if (message != null) {
        InvoiceEvent event = InvoiceEvent.of(message);
        Notifications.send(context, event, bookAndCommit(event));
        context.acknowledge();
        shipped.accept(event.number());
      }
    }
  }

  private long bookAndCommit(InvoiceEvent event) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return Shipments.book(connection, event);
    }
  }
}
