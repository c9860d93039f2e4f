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
 * Is one use of a connection by the application: by one global transaction, or, outside a
 * transaction, from getting the connection to closing it. Once the use has ended, nothing is
 * executed any more in its name, even if another thread rolls the transaction back while a
 * statement is on its way: that statement would run outside the transaction.
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
   * Executes a statement, unless the use has ended. {@link #end} waits for it.
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

  /**
   * Ends the use. The call waits for what is being executed, and cancels it if another thread
   * executes it.
   */
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

  /** Lets the use go on, because its branch was started, joined or resumed. */
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
