package dev.handfast.xa.it.clock;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.Transacted;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.it.HookResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.crash.CrashChild;
import jakarta.jms.JMSContext;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;

/** The application whose clock is stepped. It does what it is told, and says when it is done. */
final class SteppedMain {

  /** How long it lets its end take. */
  static final Duration CLOSE_BOUND = Duration.ofSeconds(3);

  private static final CrashChild PARENT = CrashChild.attach();

  private final JdbcResource orders;
  private final ArtemisResource events;
  private final HookResource hook = new HookResource();
  private final String queue;
  private final Handfast handfast;

  private SteppedMain(Path directory, String database, String broker, String queue) {
    orders = JdbcResource.named("orders").url(database).build();
    events = ArtemisResource.named("events").url(broker).callTimeout(Duration.ofSeconds(5)).build();
    this.queue = queue;
    handfast =
        Handfast.builder()
            .nodeName("stepped")
            .logStore(LogStore.file(directory.resolve("log")).allowRamDisk())
            .recoveryPeriod(Duration.ofSeconds(1))
            .resources(orders, events, hook)
            .start();
    handfast.closeOnShutdown(CLOSE_BOUND);
  }

  /**
   * @param arguments directory of the log, URL of the database, URL of the broker, queue
   */
  public static void main(String[] arguments) throws Exception {
    SteppedMain main =
        new SteppedMain(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3]);
    PARENT.answer("started");
    CountDownLatch goesOn = new CountDownLatch(1);
    while (true) {
      switch (PARENT.next()) {
        case "now" -> PARENT.answer(String.valueOf(System.currentTimeMillis()));
        case "brief" -> PARENT.answer(main.brief());
        case "open" -> start(() -> main.open(goesOn));
        case "go on" -> goesOn.countDown();
        case "vote" -> main.vote();
        case "stay" -> start(main::stay);
        default -> throw new IllegalArgumentException("No such order");
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            new FutureTask<>(
                () -> {
                  work.run();
                  return true;
                }));
    thread.setDaemon(true);
    thread.start();
  }

  private Transacted within(Duration timeout) {
    return handfast.transaction(TxType.REQUIRED).timeout(timeout);
  }

  /** Overstays its second, and tells after how many ms it was not active any more. */
  private String brief() throws Exception {
    long begin = System.nanoTime();
    long[] end = new long[1];
    try {
      within(Duration.ofSeconds(1))
          .run(
              () -> {
                work(0);
                PARENT.answer("brief");
                Awaitility.await().pollInSameThread().until(() -> !isActive());
                end[0] = System.nanoTime();
              });
      return "committed";
    } catch (RolledBackException e) {
      return Duration.ofNanos(end[0] - begin).toMillis() + " " + e.getMessage();
    }
  }

  private boolean isActive() throws SystemException {
    return handfast.transactionManager().getStatus() == Status.STATUS_ACTIVE;
  }

  private void open(CountDownLatch goesOn) throws Exception {
    within(Duration.ofMinutes(5))
        .run(
            () -> {
              work(1);
              PARENT.answer("open");
              goesOn.await();
              work(2);
            });
    PARENT.answer("committed");
  }

  private void vote() throws Exception {
    within(Duration.ofMinutes(5))
        .run(
            () -> {
              work(3);
              handfast.resource(hook).enlist(SteppedMain::voted);
            });
    PARENT.answer("committed");
  }

  private static void voted() {
    PARENT.answer("voted");
    try {
      PARENT.next();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void stay() throws Exception {
    within(Duration.ofMinutes(5))
        .run(
            () -> {
              work(4);
              PARENT.answer("stays");
              new CountDownLatch(1).await();
            });
  }

  private void work(int id) throws SQLException {
    try (Connection c = handfast.resource(orders).getConnection();
        Statement s = c.createStatement()) {
      s.execute("INSERT INTO item VALUES (" + id + ")");
    }
    try (JMSContext context = handfast.resource(events).createContext()) {
      context.createProducer().send(context.createQueue(queue), String.valueOf(id));
    }
  }
}
