package dev.handfast.xa.it.power;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.OnDisk;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.simulated.MemoryDisk;
import dev.handfast.xa.simulated.Trouble;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Starts from an image of the log's disk, recovers, works, and ends with the power: the next image
 * is what that leaves of the disk.
 */
final class PowerMain {

  private static final int THREADS = 3;
  private static final int EACH = 4;
  private static final int FORCES_OF_A_START = 16;
  private static final int POWER_LOST = 3;

  private final Path directory;
  private final RandomGenerator random;
  private final AtomicInteger nextId;
  private final JdbcResource orders;
  private final JdbcResource stock;
  private final ArtemisResource events;
  private final MemoryDisk disk;

  private PowerMain(Path directory, String broker, int seed) throws IOException {
    this.directory = directory;
    this.random = new SplittableRandom(seed);
    this.nextId = new AtomicInteger(1000 * seed);
    this.orders = database("orders");
    this.stock = database("stock");
    this.events =
        ArtemisResource.named("events").url(broker).callTimeout(Duration.ofSeconds(5)).build();
    Path image = directory.resolve("image");
    this.disk = Files.exists(image) ? MemoryDisk.load(image) : new MemoryDisk();
    disk.whenLost(this::end);
  }

  private JdbcResource database(String name) {
    return JdbcResource.named(name)
        .url("jdbc:h2:file:" + directory.resolve(name) + ";WRITE_DELAY=0")
        .maxSize(THREADS)
        .build();
  }

  /** What the power leaves is written down, and nothing else is done. */
  private void end() {
    try {
      disk.afterPowerLoss(random).save(directory.resolve("image"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Runtime.getRuntime().halt(POWER_LOST);
    }
  }

  /**
   * @param arguments directory, broker's URL, seed, {@code work} or {@code look}
   */
  public static void main(String[] arguments) throws Exception {
    PowerMain main =
        new PowerMain(Path.of(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
    if (arguments[3].equals("look")) {
      main.start().close();
    } else {
      main.live();
    }
  }

  private void live() throws Exception {
    if (random.nextInt(4) == 0) {
      disk.trouble(inAStart());
    }
    Handfast handfast = start();
    disk.trouble(anywhere(random.nextBoolean() ? 0.05 : 0.01));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> transact(handfast));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    disk.losePower();
  }

  private Trouble inAStart() {
    AtomicInteger forces = new AtomicInteger();
    int last = random.nextInt(FORCES_OF_A_START);
    return (number, operation) ->
        operation.startsWith("force") && forces.getAndIncrement() == last
            ? Trouble.Effect.POWER_LOST
            : Trouble.Effect.WORKS;
  }

  private Trouble anywhere(double rate) {
    RandomGenerator dice = new SplittableRandom(random.nextLong());
    return (number, operation) ->
        dice.nextDouble() < rate ? Trouble.Effect.POWER_LOST : Trouble.Effect.WORKS;
  }

  /** Recovered, and without what a torn decision has left. */
  private Handfast start() throws IOException {
    Handfast handfast =
        OnDisk.start(
            Handfast.builder()
                .nodeName("it-1")
                .logStore(LogStore.file(directory.resolve("tx-log")).lockWait(Duration.ZERO))
                .resources(orders, stock, events)
                .recoveryPeriod(Duration.ofMinutes(10)),
            disk);
    handfast.recovery().recover(Duration.ofSeconds(10));
    for (String text : handfast.recovery().status().attention()) {
      note("attention", text);
    }
    for (InDoubtTransaction left : handfast.recovery().inDoubt(Filter.all()).transactions()) {
      note("torn", left.gtrid() + " " + left.state());
      var unused =
          handfast.recovery().rollback(Selection.of(left.gtrid()).withForce(), "a torn decision");
    }
    return handfast;
  }

  private void note(String file, String line) throws IOException {
    Files.writeString(
        directory.resolve(file), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void transact(Handfast handfast) {
    try {
      for (int i = 0; i < EACH; i++) {
        int id = nextId.incrementAndGet();
        note("told", id + " " + outcome(handfast, id));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String outcome(Handfast handfast, int id) {
    try {
      handfast.run(
          () -> {
            insert(handfast, orders, id);
            insert(handfast, stock, id);
            try (JMSContext context = handfast.resource(events).createContext()) {
              context.createProducer().send(context.createQueue("items"), "" + id);
            }
          });
      return "COMMITTED";
    } catch (HeuristicOutcomeException e) {
      return "UNSURE";
    } catch (SQLException | RuntimeException e) {
      return "ROLLED_BACK";
    }
  }

  private static void insert(Handfast handfast, JdbcResource into, int id) throws SQLException {
    try (Connection connection = handfast.resource(into).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO item VALUES (" + id + ")");
    }
  }
}
