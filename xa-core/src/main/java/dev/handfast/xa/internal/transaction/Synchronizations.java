package dev.handfast.xa.internal.transaction;

import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
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

  private static final Logger LOG = Logger.getLogger(Synchronizations.class);

  /** The groups in the order in which they are called before completion. */
  public enum Group {
    APPLICATION,
    INTERPOSED,
    RESOURCE
  }

  Synchronizations() {}

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Synchronization> application = new ArrayList<>(0);
  private final List<Synchronization> interposed = new ArrayList<>(0);
  private final List<Synchronization> resource = new ArrayList<>(3);
  private final Set<Group> closed = EnumSet.noneOf(Group.class);
  private Group calling = Group.APPLICATION;

  /**
   * Adds one.
   *
   * @return false if its group has been called already, so that it would be called never
   */
  boolean add(Group group, Synchronization synchronization) {
    lock.lock();
    try {
      boolean early =
          !closed.contains(group) && (group == Group.RESOURCE || group.compareTo(calling) >= 0);
      if (early) {
        of(group).add(synchronization);
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

  private List<Synchronization> of(Group group) {
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
      return of(group).size();
    } finally {
      lock.unlock();
    }
  }

  private Synchronization get(Group group, int index) {
    lock.lock();
    try {
      return of(group).get(index);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Synchronization poll(Group group) {
    lock.lock();
    try {
      List<Synchronization> left = of(group);
      if (left.isEmpty()) {
        closed.add(group);
        return null;
      }
      return left.remove(0);
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
      boolean none = application.isEmpty() && interposed.isEmpty();
      if (none) {
        closed.addAll(EnumSet.of(Group.APPLICATION, Group.INTERPOSED));
      }
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
