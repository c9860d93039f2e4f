package dev.handfast.xa.jdbc.internal.branch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Knows when a connection has to show that its server is still there before it is lent: after it
 * was idle for a while, and once any connection was lost since it last showed that. Under load that
 * costs nothing. Safe for use by many threads.
 */
final class Aliveness {

  /** A server takes longer than this to be started again. */
  private static final long IDLE = Duration.ofMillis(500).toNanos();

  private final Health health;
  private final LongSupplier nanoTime;
  private volatile long usedAt;
  private volatile long losses;

  /**
   * @param nanoTime a clock in nanoseconds that never jumps
   */
  Aliveness(Health health, LongSupplier nanoTime) {
    this.health = health;
    this.nanoTime = nanoTime;
    this.losses = health.losses();
    this.usedAt = nanoTime.getAsLong();
  }

  /** Notes that the use of the connection has ended. */
  void used() {
    usedAt = nanoTime.getAsLong();
  }

  /** Notes that the connection is alive although there had been so many losses. */
  void shown(long lossesBefore) {
    losses = lossesBefore;
    used();
  }

  /** Notes that the connection is lost, so that the others have to show themselves too. */
  void lost(SQLException why) {
    health.lost(why);
  }

  /** Answers how many connections of the database were lost so far. */
  long losses() {
    return health.losses();
  }

  boolean isDue() {
    return health.losses() != losses || nanoTime.getAsLong() - usedAt >= IDLE;
  }
}
