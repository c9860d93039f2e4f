package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.spi.Branch;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state of one connection: who uses it, which branch was started on it, what that branch
 * voted, and whether the connection may be closed or lent again. Safe for use by many threads.
 */
final class ConnectionState {

  private final boolean closingLosesVotes;
  private final Runnable close;
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Xid vote;
  private @Nullable Branch branch;
  private @Nullable ConnectionUse use;
  private boolean settled;
  private boolean sound = true;
  private boolean closeAsked;
  private boolean closed;

  /**
   * @param close closes the connection; it runs again when a close was put off until the branch was
   *     finished
   */
  ConnectionState(boolean closingLosesVotes, Runnable close) {
    this.closingLosesVotes = closingLosesVotes;
    this.close = close;
  }

  /** Begins a use of the connection by the application, in a transaction or outside one. */
  void begin(ConnectionUse next) {
    locked(
        () -> {
          use = next;
          branch = null;
          settled = false;
          sound = true;
        });
  }

  /** Answers the application's present use of the connection, null before the first one. */
  @Nullable ConnectionUse use() {
    lock.lock();
    try {
      return use;
    } finally {
      lock.unlock();
    }
  }

  /** Does something if the given use is still the present one; no other one begins meanwhile. */
  void whileUsed(ConnectionUse expected, Runnable action) {
    locked(
        () -> {
          if (use == expected) {
            action.run();
          }
        });
  }

  /** Takes the runtime's view of the branch that was started on the connection. */
  void bind(Branch started) {
    locked(() -> branch = started);
  }

  /**
   * Notes that prepare is about to be sent.
   *
   * @throws XAException {@code XAER_RMFAIL} if the connection is closed
   */
  void voting(Xid xid) throws XAException {
    lock.lock();
    try {
      if (closed || closeAsked) {
        throw MaskedXaErrors.of(XAException.XAER_RMFAIL, "the connection is closed", null);
      }
      vote = xid;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that the database itself answered that the branch is finished. */
  void settled() {
    locked(
        () -> {
          vote = null;
          settled = true;
        });
  }

  /**
   * Notes that the database keeps the vote, if there is one, and the connection is of no use to it.
   */
  void partFromVote() {
    locked(() -> vote = null);
  }

  /** Whether the database itself answered that the last branch is finished. */
  boolean isSettled() {
    lock.lock();
    try {
      return settled;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the connection if that was put off until the branch was finished. */
  void closeIfAsked() {
    lock.lock();
    try {
      if (!closeAsked) {
        return;
      }
    } finally {
      lock.unlock();
    }
    close.run();
  }

  /** Notes that something failed that leaves the connection in doubt for further use. */
  void distrust() {
    locked(() -> sound = false);
  }

  /** Whether its branch was finished by the database's own answer, and nothing went wrong. */
  boolean isSound() {
    lock.lock();
    try {
      return settled && sound && !closed && !closeAsked;
    } finally {
      lock.unlock();
    }
  }

  /** Whether closing the connection would lose a vote. */
  boolean holdsVote() {
    lock.lock();
    try {
      return vote != null && !closed && (branch == null || !branch.state().isFinished());
    } finally {
      lock.unlock();
    }
  }

  /** Answers the branch that voted, null if none did or if it is finished. */
  @Nullable Xid vote() {
    lock.lock();
    try {
      return vote;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks for the connection to be closed. While a vote would be lost, the close is put off until
   * the branch is finished.
   *
   * @return whether the caller must close it now
   */
  boolean closesNow() {
    Branch waiting;
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (!closingLosesVotes || !holdsVote()) {
        closed = true;
        return true;
      }
      waiting = closeAsked ? null : branch;
      closeAsked = true;
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.whenFinished(close);
    }
    return false;
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
