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
  private volatile int many = MANY;

  @Nullable LiveTransaction current() {
    return current.get(Thread.currentThread());
  }

  /** The calling thread goes on in a transaction; it is in none, also if this fails. */
  void enter(LiveTransaction live) {
    if (current.size() > many) {
      forgetTheDead();
    }
    boolean entered = false;
    try {
      current.put(Thread.currentThread(), live);
      live.thread(Thread.currentThread());
      named(live);
      entered = true;
    } finally {
      if (!entered) {
        leave(live);
      }
    }
  }

  /** Next time there are twice as many as are left: it costs a begin the same, however many. */
  private void forgetTheDead() {
    current.keySet().removeIf(thread -> !thread.isAlive());
    many = Math.max(MANY, 2 * current.size());
  }

  private static void named(LiveTransaction live) {
    MDC.put(GTRID, live.gtrid().hex());
    if (!live.label().isEmpty()) {
      MDC.put(LABEL, live.label());
    }
  }

  private static void unnamed() {
    try {
      MDC.remove(GTRID);
    } finally {
      MDC.remove(LABEL);
    }
  }

  /** The calling thread leaves the transaction it is in, if it is in one. */
  @Nullable LiveTransaction leave() {
    LiveTransaction left = current();
    if (left == null) {
      unnamed();
    } else {
      takeOff(left);
    }
    return left;
  }

  /**
   * The calling thread leaves a transaction, if it is in that one. If it is in none, a leave before
   * may have been cut short, and what is logged carries nothing all the same.
   */
  void leave(LiveTransaction live) {
    LiveTransaction own = current();
    if (own == null) {
      unnamed();
    } else if (own == live) {
      takeOff(live);
    }
  }

  /** Takes each step, also where another one does not come to its end, as on a full stack. */
  private void takeOff(LiveTransaction own) {
    try {
      own.thread(null);
    } finally {
      try {
        current.remove(Thread.currentThread());
      } finally {
        unnamed();
      }
    }
  }

  /** Does something in a transaction, whichever the thread is in before and afterwards. */
  void within(LiveTransaction live, Runnable work) {
    LiveTransaction before = current();
    if (before == live) {
      work.run();
      return;
    }
    try {
      leave();
      enter(live);
      work.run();
    } finally {
      goBack(before);
    }
  }

  private void goBack(@Nullable LiveTransaction before) {
    try {
      leave();
    } finally {
      if (before != null) {
        enter(before);
      }
    }
  }
}
