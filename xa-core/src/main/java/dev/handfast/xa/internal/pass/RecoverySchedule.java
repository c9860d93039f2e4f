package dev.handfast.xa.internal.pass;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.MessageLog;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Runs recovery every period, and soon after a resource manager that was lost answers again. */
final class RecoverySchedule {

  private static final MessageLog LOG = MessageLog.of(RecoverySchedule.class);
  private static final int KNOCKS_PER_PERIOD = 10;

  private final ScheduledExecutorService threads;

  /**
   * Begins, on daemon threads.
   *
   * @param recovery to run
   * @param anyIsBack asks those that were lost, and may take as long as one call
   */
  RecoverySchedule(
      Platform platform, Duration period, Runnable recovery, BooleanSupplier anyIsBack) {
    threads = Executors.newScheduledThreadPool(2, platform.numberedDaemons("handfast-recovery"));
    long knock = Math.max(1, period.toNanos() / KNOCKS_PER_PERIOD);
    every(period.toNanos(), recovery);
    every(
        knock,
        () -> {
          if (anyIsBack.getAsBoolean()) {
            recovery.run();
          }
        });
  }

  private void every(long nanos, Runnable work) {
    var unused =
        threads.scheduleWithFixedDelay(() -> survive(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs a pass; what it throws is told, and left to the next one. */
  static void survive(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "HANDFAST001037 A recovery pass failed; the next one tries again");
    }
  }

  /** Nothing new begins. */
  void stop() {
    threads.shutdown();
  }

  /** Waits for what is running. */
  void await() {
    try {
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
