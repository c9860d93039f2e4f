package dev.handfast.xa.internal.transaction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Which transaction the calling thread is in. What is logged meanwhile carries it, and its label.
 * It is kept with the runtime and not in a thread-local: the thread of a container that never
 * leaves its transaction would keep the classes of the runtime for as long as it lives.
 */
final class ThreadTransactions {

  static final String GTRID = "handfast.gtrid";
  private static final String LABEL = "handfast.label";

  /** With more threads than this in transactions, it is looked whether some of them are dead. */
  private static final int MANY = 100;

  private final Map<Thread, LiveTransaction> current = new ConcurrentHashMap<>();

  @Nullable LiveTransaction current() {
    return current.get(Thread.currentThread());
  }

  /** The calling thread goes on in a transaction; it is in none. */
  void enter(LiveTransaction live) {
    if (current.size() > MANY) {
      current.keySet().removeIf(thread -> !thread.isAlive());
    }
    current.put(Thread.currentThread(), live);
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
    LiveTransaction left = current.remove(Thread.currentThread());
    if (left != null) {
      left.thread(null);
      MDC.remove(GTRID);
      MDC.remove(LABEL);
    }
    return left;
  }

  /** The calling thread leaves a transaction, if it is in that one. */
  void leave(LiveTransaction live) {
    if (current() == live) {
      leave();
    }
  }

  /** Does something in a transaction, whichever the thread is in before and afterwards. */
  void within(LiveTransaction live, Runnable work) {
    LiveTransaction before = current();
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
