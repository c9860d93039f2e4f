package dev.handfast.benchmarks.transactions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The laps of one workload with one number of threads, those of a round side by side. */
final class Pairs {

  private record Pair(Lap before, Lap now) {}

  private final List<Pair> pairs = new ArrayList<>();

  void add(Lap before, Lap now) {
    pairs.add(new Pair(before, now));
  }

  /** Both medians, and the least, the median and the greatest of the rounds' ratios. */
  String row(String title, Measure measure) {
    double[] ratios = sorted(pair -> measure.of(pair.now) / measure.of(pair.before));
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,.0f | %,.0f | %.3f (%.3f to %.3f) |",
        title,
        measure.label(),
        median(sorted(pair -> measure.of(pair.before))),
        median(sorted(pair -> measure.of(pair.now))),
        median(ratios),
        ratios[0],
        ratios[ratios.length - 1]);
  }

  private double[] sorted(ToDoubleFunction<Pair> value) {
    return pairs.stream().mapToDouble(value).sorted().toArray();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
