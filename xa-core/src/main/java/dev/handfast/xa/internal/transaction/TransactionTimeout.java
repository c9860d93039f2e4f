package dev.handfast.xa.internal.transaction;

import java.time.Duration;

/**
 * When a transaction times out.
 *
 * @param nanos after which it does, or 0 if it never does
 * @param end in the time of {@link System#nanoTime}
 */
record TransactionTimeout(long nanos, long end) {

  private static final long LONGEST = Long.MAX_VALUE / 2;

  /** From now on. */
  static TransactionTimeout in(Duration timeout, long now) {
    long nanos = timeout.compareTo(Duration.ofNanos(LONGEST)) > 0 ? LONGEST : timeout.toNanos();
    return new TransactionTimeout(nanos, now + nanos);
  }

  boolean isOver(long now) {
    return nanos > 0 && now - end >= 0;
  }

  /** In whole seconds, of which a resource manager is told: later than the real one. */
  int seconds() {
    return Math.toIntExact(Duration.ofNanos(nanos).plusNanos(999_999_999).toSeconds());
  }

  @Override
  public String toString() {
    long millis = Duration.ofNanos(nanos).plusNanos(999_999).toMillis();
    return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
  }
}
