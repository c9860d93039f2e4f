package dev.handfast.xa.internal.transaction;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Which transaction the calling thread is in. What is logged meanwhile carries it, and its label. A
 * thread knows its association weakly, and the runtime holds it: the thread of a container that
 * never leaves its transaction would keep the classes of the runtime for as long as it lives.
 */
final class ThreadTransactions {

  private static final String GTRID = "handfast.gtrid";
  private static final String LABEL = "handfast.label";

  @SuppressWarnings("ThreadLocalUsage") // one for each runtime
  private final ThreadLocal<@Nullable Reference<Association>> current = new ThreadLocal<>();

  private final Set<Association> associations = ConcurrentHashMap.newKeySet();

  /** Is equal to itself alone, whatever a thread says that it equals. */
  private static final class Association {

    private final LiveTransaction live;
    private final Thread thread = Thread.currentThread();

    private Association(LiveTransaction live) {
      this.live = live;
    }
  }

  @Nullable LiveTransaction current() {
    Association own = association();
    return own == null ? null : own.live;
  }

  private @Nullable Association association() {
    Reference<Association> own = current.get();
    return own == null ? null : own.get();
  }

  /** The calling thread goes on in a transaction; it is in none, also if this fails. */
  void enter(LiveTransaction live) {
    Association own = new Association(live);
    boolean entered = false;
    try {
      associations.add(own);
      current.set(new WeakReference<>(own));
      live.thread(own.thread);
      named(live);
      entered = true;
    } finally {
      if (!entered) {
        takeOff(own);
      }
    }
  }

  /** Lets go of the transactions of threads that died in them. */
  void forgetTheDead() {
    associations.removeIf(each -> !each.thread.isAlive());
  }

  /** What is logged by the calling thread carries a transaction. */
  static void named(LiveTransaction live) {
    MDC.put(GTRID, live.gtrid().hex());
    if (live.label().isEmpty()) {
      MDC.remove(LABEL);
    } else {
      MDC.put(LABEL, live.label());
    }
  }

  /** Ends {@link #named}. */
  static void unnamed() {
    try {
      MDC.remove(GTRID);
    } finally {
      MDC.remove(LABEL);
    }
  }

  /** The calling thread leaves the transaction it is in, if it is in one. */
  @Nullable LiveTransaction leave() {
    Association own = association();
    if (own == null) {
      return null;
    }
    takeOff(own);
    return own.live;
  }

  /** The calling thread leaves a transaction, if it is in that one. */
  void leave(LiveTransaction live) {
    Association own = association();
    if (own != null && own.live == live) {
      takeOff(own);
    }
  }

  /** As {@link #leave}, and brings one to its end that was cut short, as on a full stack. */
  void leaveWholly(LiveTransaction live) {
    leave(live);
    if (association() == null && live.gtrid().hex().equals(MDC.get(GTRID))) {
      unnamed();
    }
  }

  /** Takes each step, also where another one does not come to its end, as on a full stack. */
  private void takeOff(Association own) {
    try {
      own.live.thread(null);
    } finally {
      try {
        current.remove();
      } finally {
        try {
          associations.remove(own);
        } finally {
          unnamed();
        }
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
