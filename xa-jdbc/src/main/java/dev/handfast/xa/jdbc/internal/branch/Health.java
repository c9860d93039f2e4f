package dev.handfast.xa.jdbc.internal.branch;

import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Knows since when the database gives no working connection to the application, and why: none could
 * be opened, or those that were opened were lost before a branch was finished over one. Safe for
 * use by many threads.
 */
public final class Health {

  /** One lost connection tells nothing of the database. */
  private static final int MANY = 2;

  private static final String MEND =
      ". To solve this, see that the database runs and that its disk has room";

  /**
   * Holds what is known.
   *
   * @param lost how many connections were lost since the last answer
   * @param told whether it is certain enough to be told
   */
  private record Trouble(Instant since, String reason, int lost, boolean told) {}

  private final String resource;
  private final AtomicLong losses = new AtomicLong();
  private volatile @Nullable Trouble trouble;

  public Health(String resource) {
    this.resource = resource;
  }

  /** Notes that a connection could not be opened. */
  public synchronized void failed(SQLException why) {
    note(String.valueOf(why.getMessage()), MANY);
  }

  /** Notes that a call failed because its connection is of no use any more. */
  public synchronized void lost(SQLException why) {
    losses.incrementAndGet();
    note(why.getMessage() + MEND, 1);
  }

  /** Answers how many connections were lost so far. */
  long losses() {
    return losses.get();
  }

  private void note(String reason, int weight) {
    Trouble before = trouble;
    Instant since = before == null ? Instant.now().truncatedTo(ChronoUnit.SECONDS) : before.since();
    int lost = (before == null ? 0 : before.lost()) + weight;
    trouble = new Trouble(since, reason, Math.min(lost, MANY), lost >= MANY);
  }

  /** Notes that a connection was opened. Whether it works is still to be seen. */
  public synchronized void opened() {
    Trouble before = trouble;
    if (before != null) {
      trouble = new Trouble(before.since(), before.reason(), before.lost(), false);
    }
  }

  /** Notes that the database finished a branch. */
  void works() {
    if (trouble != null) {
      trouble = null;
    }
  }

  /** Says what is wrong, empty if nothing is. It never waits. */
  public Optional<String> trouble() {
    Trouble current = trouble;
    return current == null || !current.told()
        ? Optional.empty()
        : Optional.of(
            "'"
                + resource
                + "' gives no working connection since "
                + current.since()
                + ": "
                + current.reason());
  }
}
