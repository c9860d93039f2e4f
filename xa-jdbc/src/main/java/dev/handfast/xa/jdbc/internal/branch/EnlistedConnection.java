package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.GlobalTransaction;
import io.agroal.api.transaction.TransactionAware;
import jakarta.transaction.Synchronization;
import java.sql.SQLException;

/** Keeps a connection for its transaction, and gives it back when the transaction has completed. */
final class EnlistedConnection implements Synchronization {

  private final String resource;
  private final GlobalTransaction transaction;
  private final TransactionAware connection;
  private final JdbcXaResource xa;
  private final ConnectionUse use;
  private final Branch branch;

  EnlistedConnection(
      String resource,
      GlobalTransaction transaction,
      TransactionAware connection,
      JdbcXaResource xa,
      ConnectionUse use,
      Branch branch) {
    this.resource = resource;
    this.transaction = transaction;
    this.connection = connection;
    this.xa = xa;
    this.use = use;
    this.branch = branch;
    use.whenVoting(() -> whileLent(this::closeHandles));
  }

  TransactionAware connection() {
    return connection;
  }

  ConnectionUse use() {
    return use;
  }

  /** Keeps the connection until its branch tells of the end, because nothing else will. */
  void keepUntilFinished(Throwable cause) {
    connection.setFlushOnly();
    branch.whenFinished(this::complete);
    transaction.setRollbackOnly(cause);
  }

  /**
   * Passes on what the body wrote to streams. If that fails, or if the body left something open
   * that would keep the vote waiting, the transaction is marked for rollback. Statements and
   * results stay open: another synchronization may use them yet.
   */
  @Override
  public void beforeCompletion() {
    whileLent(this::settle);
  }

  private void settle() {
    String occupation = xa.access().session().occupation();
    if (occupation != null) {
      xa.breakOff(use, occupation);
    } else {
      passOn();
    }
    String broken = xa.access().broken();
    if (broken != null) {
      transaction.setRollbackOnly(WorkRefusals.brokenOff(resource, broken, null));
    }
  }

  private void passOn() {
    try {
      use.settle();
    } catch (SQLException e) {
      transaction.setRollbackOnly(e);
    }
  }

  /** Closes the statements and results that are still open. No cursor is held over a commit. */
  private void closeHandles() {
    if (xa.access().session().occupation() == null && xa.access().broken() == null) {
      xa.access()
          .<Boolean, RuntimeException>forCompletion(
              () -> {
                connection.transactionBeforeCompletion(false);
                return true;
              });
    }
  }

  /** Does something unless the connection has been given back. */
  private void whileLent(Runnable action) {
    if (use.lending().enter()) {
      try {
        action.run();
      } finally {
        use.lending().leave();
      }
    }
  }

  @Override
  public void afterCompletion(int status) {
    complete();
  }

  /**
   * Gives the connection back, or has a thread do so that is still inside the pool with it. If its
   * branch has voted and is not finished, the connection is kept until then, and is dropped.
   */
  void complete() {
    use.end();
    use.lending().end(this::releaseOrDiscard);
  }

  private void releaseOrDiscard() {
    try {
      release();
    } catch (Error e) {
      discard();
      throw e;
    }
  }

  private void release() {
    if (xa.connection().holdsVote()) {
      JdbcLog.debug(resource, "a connection is kept until its branch " + branch.xid() + " ends");
      branch.whenFinished(this::discard);
    } else if (xa.connection().isSound() && xa.access().session().occupation() == null) {
      giveBack();
    } else {
      discard();
    }
  }

  private void discard() {
    connection.setFlushOnly();
    String occupation = xa.access().session().occupation();
    if (occupation != null) {
      xa.breakOff(use, occupation);
    }
    if (xa.access().broken() == null) {
      giveBack();
    } else {
      // The driver may still keep whoever calls it waiting.
      Helper.start("give-back", this::giveBack);
    }
  }

  private void giveBack() {
    try {
      xa.access()
          .<Boolean, SQLException>forCompletion(
              () -> {
                connection.transactionEnd();
                return true;
              });
    } catch (SQLException e) {
      JdbcLog.debug(resource, "a connection could not be given back: " + e.getMessage());
    }
  }
}
