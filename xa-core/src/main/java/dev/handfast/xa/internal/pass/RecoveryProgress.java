package dev.handfast.xa.internal.pass;

import dev.handfast.xa.spi.MessageLog;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tells of a recovery that takes long: how much is done, how much is left, and how fast it goes.
 */
final class RecoveryProgress {

  private static final MessageLog LOG = MessageLog.of(RecoveryProgress.class);
  private static final long INTERVAL = Duration.ofSeconds(10).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final LongSupplier clock;
  private final ReentrantLock lock = new ReentrantLock();
  private long begun;
  private long nextWord;
  private int total;
  private int done;

  /** With a clock of nanoseconds. */
  RecoveryProgress(LongSupplier clock) {
    this.clock = clock;
  }

  /** A pass begins with so many branches. */
  void begin(int branches) {
    lock.lock();
    try {
      begun = clock.getAsLong();
      nextWord = begun + INTERVAL;
      total = branches;
      done = 0;
    } finally {
      lock.unlock();
    }
  }

  /** One branch was resolved. */
  void step() {
    lock.lock();
    try {
      done++;
      long now = clock.getAsLong();
      if (now - nextWord >= 0) {
        nextWord = now + INTERVAL;
        long rate = Math.max(1, done * SECOND / Math.max(1, now - begun));
        LOG.infof(
            "HANDFAST001040 Recovery has resolved %d branches, %d are left, %d a second",
            done, Math.max(0, total - done), rate);
      }
    } finally {
      lock.unlock();
    }
  }
}
