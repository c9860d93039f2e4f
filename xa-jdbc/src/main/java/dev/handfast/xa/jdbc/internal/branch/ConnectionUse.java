package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.ResourceContext;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One use of a connection: by one global transaction, or from getting to closing it outside one.
 * Once it has ended nothing is executed any more in its name, even if the transaction is rolled
 * back by another thread while a statement is on its way: it would run outside the transaction.
 */
public final class ConnectionUse {

  private final String resource;
  private final ResourceContext context;
  private final @Nullable GlobalTransaction transaction;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Statement running;
  private volatile boolean ended;

  ConnectionUse(String resource, ResourceContext context, @Nullable GlobalTransaction transaction) {
    this.resource = resource;
    this.context = context;
    this.transaction = transaction;
  }

  public interface Work {
    @Nullable Object run() throws SQLException;
  }

  /**
   * Executes, unless the use has ended; the end waits for it.
   *
   * @param what tells what is executed, without values
   */
  public @Nullable Object execute(Statement statement, Supplier<String> what, Work work)
      throws SQLException {
    lock.lock();
    try {
      check();
      note(what);
      running = statement;
      return work.run();
    } finally {
      running = null;
      lock.unlock();
    }
  }

  private void note(Supplier<String> what) {
    if (transaction != null) {
      transaction.did(what);
    }
  }

  /** Waits for what is being executed, and cancels it if another thread waits for it. */
  void end() {
    if (!lock.tryLock()) {
      cancel();
      lock.lock();
    }
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
  }

  /** The branch was started, joined or resumed. */
  void resume() {
    ended = false;
  }

  public boolean isTransactional() {
    return transaction != null;
  }

  /** Refuses work that would not be part of the transaction it belongs to. */
  public void check() throws SQLException {
    GlobalTransaction current = context.current();
    if (transaction == null) {
      if (current != null) {
        throw WorkRefusals.takenOutside(resource, current);
      }
    } else if (current == null || !current.gtrid().equals(transaction.gtrid())) {
      throw WorkRefusals.foreign(resource, transaction, current);
    } else if (!current.acceptsWork() || ended) {
      throw WorkRefusals.refused(resource, current);
    }
  }

  /** Refuses a call that would end the branch. */
  public void refuseInTransaction(String call) throws SQLException {
    if (transaction != null) {
      throw WorkRefusals.endsBranch(resource, transaction, call);
    }
  }

  private void cancel() {
    Statement busy = running;
    if (busy != null) {
      try {
        busy.cancel();
      } catch (SQLException e) {
        JdbcLog.debug(resource, "a statement could not be cancelled: " + e.getMessage());
      }
    }
  }
}
