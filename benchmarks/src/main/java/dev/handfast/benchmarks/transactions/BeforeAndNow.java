package dev.handfast.benchmarks.transactions;

import dev.handfast.benchmarks.processes.Build;
import dev.handfast.benchmarks.processes.MeasurementDirectory;
import dev.handfast.benchmarks.processes.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two builds of Handfast in turn, each round in a new JVM, over the same servers. */
public final class BeforeAndNow {

  private static final int ROUNDS = 6;
  private static final int TRANSACTIONS = 2_500;
  private static final int QUICK_ROUNDS = 2;
  private static final int QUICK_TRANSACTIONS = 300;

  private final Path directory;
  private final Servers servers;
  private final int transactions;
  private final Map<String, Pairs> results = new LinkedHashMap<>();

  private BeforeAndNow(Path directory, Servers servers, int transactions) {
    this.directory = directory;
    this.servers = servers;
    this.transactions = transactions;
  }

  /**
   * Arguments: Handfast's jars of before and those of now, each as a class path; then {@code
   * quick}, or the number of rounds and that of transactions in each lap.
   */
  public static void main(String[] arguments) throws Exception {
    Build before = Build.of("before", arguments[0]);
    Build now = Build.of("now", arguments[1]);
    boolean quick = arguments.length > 2 && arguments[2].equals("quick");
    int rounds = quick ? QUICK_ROUNDS : number(arguments, 2, ROUNDS);
    int transactions = quick ? QUICK_TRANSACTIONS : number(arguments, 3, TRANSACTIONS);
    try (MeasurementDirectory work = MeasurementDirectory.make("before-and-now-");
        Servers servers = new Servers(work.path())) {
      BeforeAndNow comparison = new BeforeAndNow(work.path(), servers, transactions);
      for (int round = 1; round <= rounds; round++) {
        for (Workload workload : Workload.values()) {
          comparison.round(round, workload, before, now);
        }
      }
      comparison.print();
    }
  }

  private static int number(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  /** Each build goes first in every second round. */
  private void round(int number, Workload workload, Build before, Build now) throws Exception {
    boolean turned = number % 2 == 0;
    List<Lap> first = measure(number, workload, turned ? now : before);
    List<Lap> second = measure(number, workload, turned ? before : now);
    for (int lap = 0; lap < first.size(); lap++) {
      String title = workload.label() + ", " + first.get(lap).label();
      results
          .computeIfAbsent(title, key -> new Pairs())
          .add((turned ? second : first).get(lap), (turned ? first : second).get(lap));
    }
  }

  private List<Lap> measure(int number, Workload workload, Build build) throws Exception {
    Path own =
        Files.createDirectory(
            directory.resolve(workload.name() + "-" + number + "-" + build.name()));
    Round round = new Round(workload, own, servers.database(), servers.broker(), transactions);
    List<Lap> laps =
        build.jvm().run(MeasuredJvm.class, round.arguments(), own.resolve("child.log")).stream()
            .map(Lap::of)
            .toList();
    requireDone(round);
    for (Lap lap : laps) {
      System.out.println(
          "round " + number + ", " + workload.label() + ", " + build.name() + ", " + lap);
    }
    return laps;
  }

  private void requireDone(Round round) throws SQLException {
    switch (round.workload()) {
      case TWO_DATABASES -> TwoDatabases.requireDone(round.directory(), round.allTransactions());
      case DATABASE_AND_BROKER -> servers.requireDone(round.allTransactions());
    }
  }

  private void print() {
    System.out.println();
    System.out.println("| | | before | now | now/before: median (least to greatest) |");
    System.out.println("|---|---|---|---|---|");
    for (Measure measure : Measure.values()) {
      results.forEach((title, pairs) -> System.out.println(pairs.row(title, measure)));
    }
  }
}
