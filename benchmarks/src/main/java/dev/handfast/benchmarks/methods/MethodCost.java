package dev.handfast.benchmarks.methods;

import com.sun.management.ThreadMXBean;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import jakarta.transaction.TransactionManager;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Measures an annotated method without parameters that does nothing, by the proxy of an interface
 * and by that of a class, against begin and commit by hand: time, and bytes allocated by the
 * calling thread. No resource takes part, so that nothing hides the difference.
 */
public final class MethodCost {

  private static final String BY_HAND = "by hand";
  private static final int WARM_UP = 5;

  private final Map<String, Work> ways = new LinkedHashMap<>();
  private final Map<String, Lap[]> laps = new LinkedHashMap<>();
  private final int rounds;
  private final int calls;

  private interface Work {
    void call() throws Exception;
  }

  private record Lap(double nanos, double bytes) {}

  private MethodCost(int rounds, int calls) {
    this.rounds = rounds;
    this.calls = calls;
  }

  /**
   * Prints medians, and what each way costs more than by hand.
   *
   * @param arguments perhaps the rounds, and the calls of a round
   */
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    int calls = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200_000;
    new MethodCost(rounds, calls).run();
  }

  private void run() throws Exception {
    try (Handfast handfast =
        Handfast.builder().nodeName("methods-1").logStore(LogStore.inMemory()).start()) {
      TransactionManager manager = handfast.transactionManager();
      Booking target = new AnnotatedBooking();
      Booking byInterface = handfast.transactional(Booking.class, target);
      Booking byClass = handfast.transactional(AnnotatedBooking.class, (AnnotatedBooking) target);
      ways.put(
          BY_HAND,
          () -> {
            manager.begin();
            target.book();
            manager.commit();
          });
      ways.put("run", () -> handfast.run(target::book));
      ways.put("interface proxy", byInterface::book);
      ways.put("class proxy", byClass::book);
      measure();
    }
    print();
  }

  private void measure() throws Exception {
    ways.keySet().forEach(way -> laps.put(way, new Lap[rounds]));
    for (int round = -WARM_UP; round < rounds; round++) {
      for (Map.Entry<String, Work> way : ways.entrySet()) {
        Lap lap = lap(way.getValue());
        if (round >= 0) {
          laps.getOrDefault(way.getKey(), new Lap[rounds])[round] = lap;
        }
      }
    }
  }

  private Lap lap(Work work) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long nanos = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < calls; i++) {
      work.call();
    }
    return new Lap(
        (threads.getCurrentThreadCpuTime() - nanos) / (double) calls,
        (threads.getCurrentThreadAllocatedBytes() - bytes) / (double) calls);
  }

  private void print() {
    laps.forEach(
        (way, all) ->
            System.out.printf(
                Locale.ROOT,
                "%-16s %,6.0f ns (%+5.0f), %,6.0f bytes (%+4.0f)%n",
                way,
                median(all, false),
                median(all, false) - median(byHand(), false),
                median(all, true),
                median(all, true) - median(byHand(), true)));
  }

  private Lap[] byHand() {
    return laps.getOrDefault(BY_HAND, new Lap[0]);
  }

  private static double median(Lap[] laps, boolean bytes) {
    double[] sorted =
        Arrays.stream(laps)
            .mapToDouble(lap -> bytes ? lap.bytes() : lap.nanos())
            .sorted()
            .toArray();
    return sorted[sorted.length / 2];
  }
}
