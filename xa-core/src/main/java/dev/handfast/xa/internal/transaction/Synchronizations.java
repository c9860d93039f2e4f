package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.spi.MessageLog;
import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The synchronizations of one transaction. Before completion: those of the application in the order
 * of their registration, then the interposed ones, then those of the resources. After it: those of
 * the resources, the interposed ones, those of the application (Jakarta Transactions 2.0, sections
 * 3.3.2 and 3.7, and {@link
 * jakarta.transaction.TransactionSynchronizationRegistry#registerInterposedSynchronization}). One
 * that is registered while they are called is called as well. Safe for use by many threads.
 */
public final class Synchronizations {

  private static final MessageLog LOG = MessageLog.of(Synchronizations.class);

  /** The groups in the order in which they are called before completion. */
  public enum Group {
    APPLICATION,
    INTERPOSED,
    RESOURCE
  }

  /** Those of one group; guarded by the lock. */
  private static final class Registered {

    private final List<Synchronization> all = new ArrayList<>(0);
    private int told;
    private boolean closed;

    private @Nullable Synchronization next() {
      if (told == all.size()) {
        closed = true;
        return null;
      }
      told++;
      return all.get(told - 1);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Registered application = new Registered();
  private final Registered interposed = new Registered();
  private final Registered resource = new Registered();
  private Group calling = Group.APPLICATION;

  Synchronizations() {}

  /**
   * Adds one.
   *
   * @return false if its group has been called already, so that it would be called never
   */
  boolean add(Group group, Synchronization synchronization) {
    lock.lock();
    try {
      Registered registered = of(group);
      boolean early =
          !registered.closed && (group == Group.RESOURCE || group.compareTo(calling) >= 0);
      if (early) {
        registered.all.add(synchronization);
      }
      return early;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Calls them before completion, on the calling thread, as long as the transaction may commit.
   *
   * @throws RuntimeException of the first that fails; no other is called then
   */
  void before(LiveTransaction live) {
    for (Group group : Group.values()) {
      begin(group);
      for (int next = 0; live.isActive() && next < size(group); next++) {
        get(group, next).beforeCompletion();
      }
    }
  }

  private Registered of(Group group) {
    return switch (group) {
      case APPLICATION -> application;
      case INTERPOSED -> interposed;
      case RESOURCE -> resource;
    };
  }

  private void begin(Group group) {
    lock.lock();
    try {
      calling = group;
    } finally {
      lock.unlock();
    }
  }

  private int size(Group group) {
    lock.lock();
    try {
      return of(group).all.size();
    } finally {
      lock.unlock();
    }
  }

  private Synchronization get(Group group, int index) {
    lock.lock();
    try {
      return of(group).all.get(index);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Synchronization poll(Group group) {
    lock.lock();
    try {
      return of(group).next();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether any but those of resources are to be called; if none are, none can be added any more.
   */
  boolean haveFollowers() {
    lock.lock();
    try {
      boolean none = application.all.isEmpty() && interposed.all.isEmpty();
      application.closed |= none;
      interposed.closed |= none;
      return !none;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Calls those of one group after completion, each once; what they throw changes nothing. A second
   * call goes on where the first one failed.
   */
  void after(Group group, LiveTransaction live, int status) {
    for (Synchronization next = poll(group); next != null; next = poll(group)) {
      try {
        next.afterCompletion(status);
      } catch (Throwable e) {
        LOG.warnf(
            e,
            "HANDFAST001062 A synchronization of %s failed after its end; the outcome stands",
            live);
      }
    }
  }
}
