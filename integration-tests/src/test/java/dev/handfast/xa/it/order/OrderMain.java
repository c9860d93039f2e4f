package dev.handfast.xa.it.order;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.crash.CrashChild;
import jakarta.jms.JMSContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * The application: a listener that does each request in the order of its id, and as many
 * transactions by {@code run} as it is told. Orders: {@code FIRST COUNT}, answered with the number
 * of those that did not commit; {@code status}, answered with what is logged and running.
 */
final class OrderMain {

  static final int THREADS = 16;
  static final String STATUS = "status";

  private static final CrashChild PARENT = CrashChild.attach();
  private static final int POOL = 2 * THREADS + 1;
  private static final ListenerOptions LISTENER =
      ListenerOptions.defaults().concurrency(THREADS).redeliveryDelay(Duration.ofSeconds(1));

  private final Handfast handfast;
  private final DataSource orders;
  private final DataSource stock;
  private final ArtemisConnections events;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private OrderMain(
      Handfast handfast, JdbcResource orders, JdbcResource stock, ArtemisResource events) {
    this.handfast = handfast;
    this.orders = handfast.resource(orders);
    this.stock = handfast.resource(stock);
    this.events = handfast.resource(events);
  }

  /** The arguments are those of {@link OrderSettings}. */
  public static void main(String[] arguments) throws Exception {
    OrderSettings settings = OrderSettings.of(arguments);
    JdbcResource orders = database("orders", settings.orders());
    JdbcResource stock = database("stock", settings.stock());
    ArtemisResource events =
        ArtemisResource.named("events").url(settings.broker()).maxSessions(POOL).build();
    Handfast handfast =
        Handfast.builder()
            .nodeName("ordered")
            .logStore(LogStore.file(settings.directory().resolve("tx-log")))
            .resources(orders, stock, events)
            .recoveryPeriod(Duration.ofSeconds(1))
            .recoveryCallTimeout(Duration.ofSeconds(5))
            .start();
    new OrderMain(handfast, orders, stock, events).workAsTold();
  }

  private static JdbcResource database(String name, String url) {
    return JdbcResource.named(name)
        .url(url)
        .username(OrderSettings.USER)
        .password(OrderSettings.PASSWORD)
        .maxSize(POOL)
        .build();
  }

  private void workAsTold() throws InterruptedException {
    var listener =
        events.listen(
            OrderSettings.REQUESTS,
            LISTENER,
            message -> work(Long.parseLong(message.getBody(String.class))));
    PARENT.answer("started " + listener.destination());
    while (true) {
      String order = PARENT.next();
      if (order.equals(STATUS)) {
        var status = handfast.recovery().status();
        PARENT.answer("logged " + status.logged() + ", active " + status.active());
      } else {
        String[] range = order.split(" ", -1);
        PARENT.answer(String.valueOf(run(Long.parseLong(range[0]), Integer.parseInt(range[1]))));
      }
    }
  }

  private int run(long first, int count) throws InterruptedException {
    AtomicInteger failed = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(count);
    for (long id = first; id < first + count; id++) {
      long own = id;
      threads.execute(
          () -> {
            try {
              handfast.run(() -> work(own));
            } catch (Exception e) {
              e.printStackTrace();
              failed.incrementAndGet();
            } finally {
              done.countDown();
            }
          });
    }
    done.await();
    return failed.get();
  }

  private void work(long id) throws SQLException {
    for (Part part : Part.of(id)) {
      switch (part) {
        case ORDERS -> insert(orders, id);
        case STOCK -> insert(stock, id);
        case EVENTS -> send(String.valueOf(id));
      }
    }
  }

  private static void insert(DataSource database, long id) throws SQLException {
    try (Connection c = database.getConnection();
        PreparedStatement s = c.prepareStatement("INSERT INTO item VALUES (?)")) {
      s.setLong(1, id);
      s.executeUpdate();
    }
  }

  private void send(String text) {
    try (JMSContext context = events.createContext()) {
      context.createProducer().send(context.createQueue(OrderSettings.EVENTS), text);
    }
  }
}
