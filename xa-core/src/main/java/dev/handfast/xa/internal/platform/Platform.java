package dev.handfast.xa.internal.platform;

import dev.handfast.xa.internal.disk.Disk;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadFactory;

/**
 * Time, threads, randomness and the disk of the log. Log, decisions and recovery take them from
 * here alone, so that a simulator can drive them. Safe for use by many threads.
 */
public interface Platform {

  /** The longest wait; a longer one cannot be told from it. */
  Duration LONGEST = Duration.ofDays(365L * 100);

  /** That of the machine. */
  static Platform system() {
    return SystemPlatform.INSTANCE;
  }

  /** Where the log is. */
  Disk disk();

  /** The time of day, which may jump. */
  Instant now();

  /** Nanoseconds of a clock that never jumps; only differences mean anything. */
  long nanoTime();

  /** Nanoseconds from now until a moment of {@link #nanoTime}; negative if it is over. */
  default long nanosUntil(long moment) {
    return moment - nanoTime();
  }

  /** The moment of {@link #nanoTime} that is so far away. */
  default long momentIn(Duration wait) {
    return nanoTime() + nanos(wait);
  }

  /** A wait in nanoseconds, be it as long as it likes. */
  static long nanos(Duration wait) {
    Duration bounded = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    return bounded.compareTo(LONGEST.negated()) < 0
        ? LONGEST.negated().toNanos()
        : bounded.toNanos();
  }

  /** What is left until a moment of {@link #nanoTime}; negative if it is over. */
  default Duration until(long moment) {
    return Duration.ofNanos(nanosUntil(moment));
  }

  /**
   * Makes the calling thread wait.
   *
   * @throws InterruptedException if it is interrupted before or meanwhile
   */
  void sleep(Duration wait) throws InterruptedException;

  /** Makes daemon threads of a name, which do not keep the process alive. */
  ThreadFactory daemons(String name);

  /** Makes daemon threads of a name and a number from 1 on. */
  ThreadFactory numberedDaemons(String name);

  /** A random number that nobody can guess, of all possible ones. */
  int randomInt();

  /** A random number that nobody can guess, from 0 and below the bound. */
  int randomInt(int bound);
}
