package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.spi.Branch;
import io.agroal.api.transaction.TransactionAware;
import jakarta.transaction.Synchronization;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps a connection for its transaction, and gives it back when the transaction has completed. */
final class EnlistedConnection implements Synchronization {

  private final String resource;
  private final TransactionAware connection;
  private final ConnectionState state;
  private final Branch branch;
  private final AtomicBoolean completed = new AtomicBoolean();

  EnlistedConnection(
      String resource, TransactionAware connection, ConnectionState state, Branch branch) {
    this.resource = resource;
    this.connection = connection;
    this.state = state;
    this.branch = branch;
  }

  TransactionAware connection() {
    return connection;
  }

  /**
   * Closes the statements and results that the body left open. No cursor is held over a global
   * commit.
   */
  @Override
  public void beforeCompletion() {
    connection.transactionBeforeCompletion(false);
  }

  @Override
  public void afterCompletion(int status) {
    complete();
  }

  /**
   * Gives the connection back. If its branch has voted and is not finished, the connection is kept
   * until then, and is dropped.
   */
  void complete() {
    if (!completed.compareAndSet(false, true)) {
      return;
    }
    ConnectionUse use = state.use();
    if (use != null) {
      use.end();
    }
    if (state.holdsVote()) {
      JdbcLog.debug(resource, "a connection is kept until its branch " + branch.xid() + " ends");
      branch.whenFinished(this::discard);
    } else if (state.isSound()) {
      giveBack();
    } else {
      discard();
    }
  }

  private void discard() {
    connection.setFlushOnly();
    giveBack();
  }

  private void giveBack() {
    try {
      connection.transactionEnd();
    } catch (SQLException e) {
      JdbcLog.debug(resource, "a connection could not be given back: " + e.getMessage());
    }
  }
}
