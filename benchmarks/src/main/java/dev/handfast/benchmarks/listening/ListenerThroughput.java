package dev.handfast.benchmarks.listening;

import dev.handfast.benchmarks.processes.MeasurementDirectory;
import dev.handfast.benchmarks.processes.Servers;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.jdbc.JdbcResource;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Receive, update a row, send on: a listener of Handfast's and loops written by hand, in turn, over
 * the same servers.
 */
public final class ListenerThroughput {

  private static final int ROUNDS = 5;
  private static final int WARM_UP = 3;
  private static final int MESSAGES = 6_000;
  private static final int[] CONSUMERS = {1, 8};

  private enum Contestant {
    HANDFAST,
    BY_HAND,
    BY_HAND_WITH_LOG
  }

  private final Path directory;
  private final Servers servers;
  private final int messages;

  private ListenerThroughput(Path directory, Servers servers, int messages) {
    this.directory = directory;
    this.servers = servers;
    this.messages = messages;
  }

  /** Arguments: the number of rounds, then that of messages in each measurement. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
    int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : MESSAGES;
    try (MeasurementDirectory work = MeasurementDirectory.make("listener-throughput");
        Servers servers = new Servers(work.path())) {
      ListenerThroughput measurement = new ListenerThroughput(work.path(), servers, messages);
      for (int consumers : CONSUMERS) {
        measurement.compare(consumers, rounds);
      }
    }
  }

  /** The first rounds warm up and do not count: a JVM that still compiles measures its compiler. */
  private void compare(int consumers, int rounds) throws Exception {
    Map<Contestant, List<Double>> rates = new EnumMap<>(Contestant.class);
    for (int round = 1 - WARM_UP; round <= rounds; round++) {
      for (Contestant contestant : Contestant.values()) {
        double rate = measure(contestant, consumers);
        print("round %d, %d consumers, %s: %.0f/s", round, consumers, contestant, rate);
        if (round > 0) {
          rates.computeIfAbsent(contestant, key -> new ArrayList<>()).add(rate);
        }
      }
    }
    double ours = median(rates.get(Contestant.HANDFAST));
    for (Contestant contestant : Contestant.values()) {
      double theirs = median(rates.get(contestant));
      print(
          "%d consumers, %s: median %.0f/s, Handfast is %.2f of it",
          consumers, contestant, theirs, ours / theirs);
    }
  }

  private double measure(Contestant contestant, int consumers) throws Exception {
    servers.load(messages);
    CountDownLatch work = new CountDownLatch(messages);
    long nanos =
        switch (contestant) {
          case HANDFAST -> handfast(work, consumers);
          case BY_HAND -> byHand(work, consumers, null);
          case BY_HAND_WITH_LOG -> byHand(work, consumers, directory);
        };
    servers.requireDone(messages);
    return messages * 1e9 / nanos;
  }

  private long handfast(CountDownLatch work, int consumers) throws Exception {
    JdbcResource orders =
        JdbcResource.named("orders")
            .url(servers.database())
            .username(Servers.USER)
            .password(Servers.PASSWORD)
            .build();
    ArtemisResource events = ArtemisResource.named("events").url(servers.broker()).build();
    try (Handfast handfast =
        Handfast.builder()
            .nodeName("bench")
            .logStore(LogStore.file(directory.resolve("log")))
            .resources(orders, events)
            .start()) {
      DataSource database = handfast.resource(orders);
      ArtemisConnections broker = handfast.resource(events);
      ListenerOptions options =
          ListenerOptions.defaults().concurrency(consumers).prefetchBytes(Servers.WINDOW);
      long begin = System.nanoTime();
      try (Listener listener =
          broker.listen(
              Servers.IN,
              options,
              message -> handle(database, broker, ((TextMessage) message).getText(), work))) {
        work.await();
      }
      return System.nanoTime() - begin;
    }
  }

  private static void handle(
      DataSource database, ArtemisConnections broker, String text, CountDownLatch work)
      throws Exception {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(Servers.UPDATE);
        JMSContext context = broker.createContext()) {
      update.setInt(1, Servers.item(text));
      update.executeUpdate();
      context.createProducer().send(context.createQueue(Servers.OUT), text);
    }
    work.countDown();
  }

  private long byHand(CountDownLatch work, int consumers, @Nullable Path logs)
      throws InterruptedException {
    List<Thread> loops = new ArrayList<>();
    long begin = System.nanoTime();
    for (int number = 0; number < consumers; number++) {
      Path log = logs == null ? null : logs.resolve("hand-" + number);
      Thread loop = new Thread(new HandLoop(servers, work, log), "by-hand-" + number);
      loop.start();
      loops.add(loop);
    }
    work.await();
    for (Thread loop : loops) {
      loop.join();
    }
    return System.nanoTime() - begin;
  }

  private static double median(@Nullable List<Double> values) {
    double[] sorted =
        values == null
            ? new double[] {Double.NaN}
            : values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(Double.NaN);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
