package dev.handfast.benchmarks.recovery;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.concurrent.TimeUnit;

/** Adds up what is timed, and tells it to the parent process. */
final class Stopwatch {

  /** Begins the line with the milliseconds and the most heap that was in use, in MiB. */
  static final String RESULT = "result ";

  private static final int MIB = 1 << 20;

  private long begun = System.nanoTime();
  private long nanos;

  private Stopwatch() {}

  static Stopwatch start() {
    return new Stopwatch();
  }

  void stop() {
    nanos += System.nanoTime() - begun;
  }

  void goOn() {
    begun = System.nanoTime();
  }

  void tell() {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    System.out.println(RESULT + TimeUnit.NANOSECONDS.toMillis(nanos) + " " + peak / MIB);
  }
}
