package dev.handfast.benchmarks.starts;

import dev.handfast.benchmarks.processes.Build;
import dev.handfast.benchmarks.processes.MeasurementDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Two builds of Handfast in turn, each on a log of its own with as many decisions. */
public final class StartTime {

  private static final int ROUNDS = 7;
  private static final int DECISIONS = 10_000;

  private final Path directory;
  private final int decisions;
  private final Map<Figure.Kind, List<Pair>> results = new EnumMap<>(Figure.Kind.class);

  /** Medians of one round. */
  private record Pair(double before, double now) {}

  private StartTime(Path directory, int decisions) {
    this.directory = directory;
    this.decisions = decisions;
  }

  /**
   * Arguments: Handfast's jars of before and those of now, each as a class path; then the number of
   * rounds and that of decisions.
   */
  public static void main(String[] arguments) throws Exception {
    Build before = Build.of("before", arguments[0]);
    Build now = Build.of("now", arguments[1]);
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : ROUNDS;
    int decisions = arguments.length > 3 ? Integer.parseInt(arguments[3]) : DECISIONS;
    try (MeasurementDirectory work = MeasurementDirectory.make("start-time-")) {
      StartTime times = new StartTime(work.path(), decisions);
      times.run(DecisionsMade.class, before);
      times.run(DecisionsMade.class, now);
      for (int round = 1; round <= rounds; round++) {
        times.round(round, before, now);
      }
      times.print();
    }
  }

  /** Each build goes first in every second round. */
  private void round(int number, Build before, Build now) throws Exception {
    boolean turned = number % 2 == 0;
    Map<Figure.Kind, Double> first = medians(turned ? now : before);
    Map<Figure.Kind, Double> second = medians(turned ? before : now);
    for (Figure.Kind kind : Figure.Kind.values()) {
      double one = first.getOrDefault(kind, Double.NaN);
      double other = second.getOrDefault(kind, Double.NaN);
      Pair pair = turned ? new Pair(other, one) : new Pair(one, other);
      results.computeIfAbsent(kind, key -> new ArrayList<>()).add(pair);
      System.out.printf(
          Locale.ROOT,
          "round %d, %s: before %.0f ms, now %.0f ms%n",
          number,
          kind.label(),
          pair.before,
          pair.now);
    }
  }

  private Map<Figure.Kind, Double> medians(Build build) throws Exception {
    Map<Figure.Kind, List<Double>> all = new EnumMap<>(Figure.Kind.class);
    for (String line : run(Starts.class, build)) {
      Figure figure = Figure.of(line);
      all.computeIfAbsent(figure.kind(), key -> new ArrayList<>()).add(figure.millis());
    }
    Map<Figure.Kind, Double> medians = new EnumMap<>(Figure.Kind.class);
    all.forEach((kind, millis) -> medians.put(kind, median(millis)));
    return medians;
  }

  private List<String> run(Class<?> main, Build build) throws Exception {
    Decisions log = new Decisions(directory.resolve(build.name()), decisions);
    Path printed = directory.resolve(build.name() + ".log");
    return build.jvm().run(main, log.arguments(), printed);
  }

  private void print() {
    System.out.println();
    System.out.println("| | before, ms | now, ms | now/before: median (least to greatest) |");
    System.out.println("|---|---|---|---|");
    results.forEach((kind, pairs) -> System.out.println(row(kind, pairs)));
  }

  private static String row(Figure.Kind kind, List<Pair> pairs) {
    List<Double> ratios = pairs.stream().map(pair -> pair.now / pair.before).sorted().toList();
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f | %.2f (%.2f to %.2f) |",
        kind.label(),
        median(pairs.stream().map(Pair::before).toList()),
        median(pairs.stream().map(Pair::now).toList()),
        median(ratios),
        ratios.get(0),
        ratios.get(ratios.size() - 1));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
