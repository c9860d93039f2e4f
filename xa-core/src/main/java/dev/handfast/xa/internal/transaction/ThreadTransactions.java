package dev.handfast.xa.internal.transaction;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Which transaction the calling thread is in. What is logged meanwhile carries it, and its label.
 */
final class ThreadTransactions {

  static final String GTRID = "handfast.gtrid";
  private static final String LABEL = "handfast.label";

  @SuppressWarnings("ThreadLocalUsage") // one for each runtime
  private final ThreadLocal<@Nullable LiveTransaction> current = new ThreadLocal<>();

  @Nullable LiveTransaction current() {
    return current.get();
  }

  /** The calling thread goes on in a transaction; it is in none. */
  void enter(LiveTransaction live) {
    current.set(live);
    live.thread(Thread.currentThread());
    named(live);
  }

  private static void named(LiveTransaction live) {
    MDC.put(GTRID, live.gtrid().hex());
    if (!live.label().isEmpty()) {
      MDC.put(LABEL, live.label());
    }
  }

  /** The calling thread leaves the transaction it is in, if it is in one. */
  @Nullable LiveTransaction leave() {
    LiveTransaction left = current.get();
    if (left != null) {
      current.remove();
      left.thread(null);
      MDC.remove(GTRID);
      MDC.remove(LABEL);
    }
    return left;
  }

  /** The calling thread leaves a transaction, if it is in that one. */
  void leave(LiveTransaction live) {
    if (current.get() == live) {
      leave();
    }
  }

  /** Does something in a transaction, whichever the thread is in before and afterwards. */
  void within(LiveTransaction live, Runnable work) {
    LiveTransaction before = current.get();
    if (before == live) {
      work.run();
      return;
    }
    leave();
    enter(live);
    try {
      work.run();
    } finally {
      leave();
      if (before != null) {
        enter(before);
      }
    }
  }
}
