package dev.handfast.benchmarks.recovery;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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
    Path directory = Files.createTempDirectory("recovery-scale-");
    try (BrokerProcess broker =
            BrokerProcess.builder(directory.resolve("broker"))
                .journalBufferTimeout(Duration.ofNanos(100_000))
                .start();
        PostgresServer server =
            PostgresServer.builder(directory.resolve("postgres"))
                .maxPreparedTransactions(12_000)
                .start()) {
      server.createRole(Place.USER, Place.PASSWORD);
      server.createDatabase(Place.USER, Place.USER);
      String url = server.database(Place.USER).url();
      server
          .database(Place.USER)
          .as(Place.USER, Place.PASSWORD)
          .execute("CREATE TABLE item (id INT)");
      Place place = new Place(directory.resolve("log"), url, broker.url(), size);
      run(directory, contestant.makes, List.of(), place);
      int prepared = Left.prepared(place);
      // Of ten decided transactions two have one branch left.
      if (prepared != size * 2 - size / 2 / 10 * 2) {
        throw new IllegalStateException("only " + prepared + " branches are prepared");
      }
      return run(directory, contestant.recovers, RECOVERING, place);
    } finally {
      delete(directory);
    }
  }

  private static Result run(Path directory, Class<?> main, List<String> jvm, Place place)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(place.arguments()));
    Path log = directory.resolve(main.getSimpleName() + ".log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    Result result = new Result(0, 0);
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(Stopwatch.RESULT)) {
          String[] words = line.split(" ", -1);
          result = new Result(Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException(main + " ended with " + process.exitValue() + ":\n" + tail(log));
    }
    return result;
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
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
