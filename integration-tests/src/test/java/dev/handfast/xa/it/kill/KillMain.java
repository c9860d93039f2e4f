package dev.handfast.xa.it.kill;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.HeuristicOutcomeException.Outcome;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Status;
import jakarta.jms.JMSContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * The application: threads that insert a row in each database and send one message, each time in
 * one transaction, and write down what they are told. It works until it is killed or told to stop,
 * and dies with the process that started it.
 */
final class KillMain {

  static final int THREADS = 16;
  static final String OPENING = "opening";
  static final String STARTED = "started";
  static final String REFUSED = "refused";
  static final String STOPPED = "stopped";
  static final String STOP = "stop";

  private static final int ONE_IN_ROLLED_BACK = 16;
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 100;
  private static final Duration LAST_RECOVERY = Duration.ofSeconds(60);

  private final Handfast handfast;
  private final DataSource orders;
  private final DataSource stock;
  private final ArtemisResource events;
  private final String queue;
  private final Ledger ledger;
  private final AtomicLong next;
  private volatile boolean stopping;

  private KillMain(
      Handfast handfast,
      JdbcResource orders,
      JdbcResource stock,
      ArtemisResource events,
      KillSettings settings,
      Ledger ledger) {
    this.handfast = handfast;
    this.orders = handfast.resource(orders);
    this.stock = handfast.resource(stock);
    this.events = events;
    this.queue = settings.queue();
    this.ledger = ledger;
    this.next = new AtomicLong(settings.firstId());
  }

  /** The arguments are those of a {@link KillSettings}. */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    KillSettings settings = KillSettings.of(arguments);
    var orders = JdbcResource.named("orders").url(settings.h2()).maxSize(THREADS).build();
    var stock =
        JdbcResource.named("stock")
            .url(settings.postgres())
            .username(KillSettings.USER)
            .password(KillSettings.PASSWORD)
            .maxSize(THREADS)
            .requiredAtStart(false)
            .build();
    var events =
        ArtemisResource.named("events")
            .url(settings.broker())
            .maxSessions(THREADS)
            .requiredAtStart(false)
            .build();
    answers.println(OPENING);
    try (Ledger ledger = Ledger.append(settings.ledger());
        Handfast handfast = open(settings, orders, stock, events)) {
      RecoveryReport startup = handfast.recovery().status().startup();
      answers.println(STARTED + " " + startup.unresolved() + " " + startup.unreachable());
      new KillMain(handfast, orders, stock, events, settings, ledger).workUntilTold(answers);
    } catch (RuntimeException e) {
      e.printStackTrace();
      answers.println(REFUSED + " " + e);
      Runtime.getRuntime().halt(3);
    }
  }

  private static Handfast open(
      KillSettings settings, JdbcResource orders, JdbcResource stock, ArtemisResource events) {
    return Handfast.builder()
        .nodeName("kill")
        .logStore(LogStore.file(settings.log()).lockWait(Duration.ofSeconds(10)))
        .resources(orders, stock, events)
        .recoveryPeriod(KillSettings.RECOVERY_PERIOD)
        .start();
  }

  private void workUntilTold(PrintStream answers) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (int i = 0; i < THREADS; i++) {
      threads.execute(this::work);
    }
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (!STOP.equals(told.readLine())) {
      Runtime.getRuntime().halt(1);
    }
    stopping = true;
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.MINUTES);
    RecoveryReport last = handfast.recovery().recover(LAST_RECOVERY);
    Status status = handfast.recovery().status();
    answers.println(
        "%s unresolved %d, unreachable %s, logged %d, active %d, attention %s"
            .formatted(
                STOPPED,
                last.unresolved(),
                last.unreachable(),
                status.logged(),
                status.active(),
                status.attention()));
  }

  private void work() {
    try {
      while (!stopping) {
        long id = next.getAndIncrement();
        ledger.begun(id);
        ToldOutcome answer = transact(id);
        ledger.told(id, answer);
        if (answer != ToldOutcome.COMMITTED) {
          Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(2);
    }
  }

  private ToldOutcome transact(long id) {
    Throwable[] own = new Throwable[1];
    try {
      handfast.run(
          () -> {
            try {
              body(id);
            } catch (Exception | Error e) {
              own[0] = e;
              throw e;
            }
          });
      return ToldOutcome.COMMITTED;
    } catch (RolledBackException e) {
      return ToldOutcome.ROLLED_BACK;
    } catch (HeuristicOutcomeException e) {
      e.printStackTrace();
      return e.outcome() == Outcome.UNKNOWN ? ToldOutcome.UNKNOWN : ToldOutcome.HEURISTIC;
    } catch (Exception | Error e) {
      if (e == own[0]) {
        return ToldOutcome.ROLLED_BACK;
      }
      e.printStackTrace();
      return ToldOutcome.OTHER;
    }
  }

  /** Each resource is the first one in a third of the transactions. */
  private void body(long id) throws SQLException {
    List<Step> steps =
        List.of(() -> insert(orders, id), () -> insert(stock, id), () -> send(String.valueOf(id)));
    for (int i = 0; i < steps.size(); i++) {
      steps.get((int) ((id + i) % steps.size())).run();
    }
    if (id % ONE_IN_ROLLED_BACK == 0) {
      throw new SQLException("wanted");
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
    try (JMSContext context = handfast.resource(events).createContext()) {
      context.createProducer().send(context.createQueue(queue), text);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }
}
