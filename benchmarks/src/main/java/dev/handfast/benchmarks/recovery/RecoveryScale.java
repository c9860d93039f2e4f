package dev.handfast.benchmarks.recovery;

import dev.handfast.benchmarks.processes.MeasurementDirectory;
import dev.handfast.benchmarks.processes.MeasurementJvm;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Handfast and bare Narayana in turn, each on servers of its own. */
public final class RecoveryScale {

  private static final int ROUNDS = 3;
  private static final List<Integer> SIZES = List.of(1_000, 10_000);
  private static final List<String> RECOVERING =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private enum Contestant {
    HANDFAST(HandfastMakes.class, HandfastRecovers.class),
    NARAYANA(NarayanaMakes.class, NarayanaRecovers.class);

    private final Class<?> makes;
    private final Class<?> recovers;

    Contestant(Class<?> makes, Class<?> recovers) {
      this.makes = makes;
      this.recovers = recovers;
    }
  }

  private record Result(long millis, long heapMib) {}

  private final Map<Integer, Map<Contestant, List<Result>>> results = new TreeMap<>();

  private RecoveryScale() {}

  /** Arguments: the number of rounds, then the numbers of transactions. */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
    List<Integer> sizes =
        arguments.length > 1
            ? Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList()
            : SIZES;
    RecoveryScale scale = new RecoveryScale();
    for (int round = 0; round < rounds; round++) {
      for (int size : sizes) {
        for (Contestant contestant : Contestant.values()) {
          scale.add(size, contestant, measure(size, contestant));
        }
      }
    }
    scale.print();
  }

  private void add(int size, Contestant contestant, Result result) {
    System.out.printf(
        Locale.ROOT,
        "%,d transactions, %s: %d ms, heap %d MiB%n",
        size,
        contestant,
        result.millis,
        result.heapMib);
    results
        .computeIfAbsent(size, key -> new TreeMap<>())
        .computeIfAbsent(contestant, key -> new ArrayList<>())
        .add(result);
  }

  private static Result measure(int size, Contestant contestant) throws Exception {
    try (MeasurementDirectory work = MeasurementDirectory.make("recovery-scale-");
        BrokerProcess broker =
            BrokerProcess.builder(work.path().resolve("broker"))
                .journalBufferTimeout(Duration.ofNanos(100_000))
                .start();
        PostgresServer server =
            PostgresServer.builder(work.path().resolve("postgres"))
                .maxPreparedTransactions(12_000)
                .start()) {
      server.createRole(Place.USER, Place.PASSWORD);
      server.createDatabase(Place.USER, Place.USER);
      String url = server.database(Place.USER).url();
      server
          .database(Place.USER)
          .as(Place.USER, Place.PASSWORD)
          .execute("CREATE TABLE item (id INT)");
      Place place = new Place(work.path().resolve("log"), url, broker.url(), size);
      run(work.path(), contestant.makes, List.of(), place);
      int prepared = Left.prepared(place);
      // Of ten decided transactions two have one branch left.
      if (prepared != size * 2 - size / 2 / 10 * 2) {
        throw new IllegalStateException("only " + prepared + " branches are prepared");
      }
      return run(work.path(), contestant.recovers, RECOVERING, place);
    }
  }

  private static Result run(Path directory, Class<?> main, List<String> options, Place place)
      throws IOException, InterruptedException {
    Path log = directory.resolve(main.getSimpleName() + ".log");
    Result result = new Result(0, 0);
    for (String line :
        new MeasurementJvm(options, System.getProperty("java.class.path"))
            .run(main, List.of(place.arguments()), log)) {
      if (line.startsWith(Stopwatch.RESULT)) {
        String[] words = line.split(" ", -1);
        result = new Result(Long.parseLong(words[1]), Long.parseLong(words[2]));
      }
    }
    return result;
  }

  private void print() {
    System.out.println();
    System.out.println("| transactions | | median | per transaction | all | most heap |");
    System.out.println("|---|---|---|---|---|---|");
    results.forEach(
        (size, contestants) ->
            contestants.forEach(
                (contestant, all) -> System.out.println(row(size, contestant, all))));
  }

  private static String row(int size, Contestant contestant, List<Result> all) {
    List<Long> millis = all.stream().map(Result::millis).toList();
    long median = millis.stream().sorted().toList().get(millis.size() / 2);
    return String.format(
        Locale.ROOT,
        "| %,d | %s | %.2f s | %.2f ms | %s | %d MiB |",
        size,
        contestant,
        median / 1e3,
        (double) median / size,
        millis,
        all.stream().mapToLong(Result::heapMib).max().orElse(0));
  }
}
