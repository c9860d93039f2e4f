package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.AtomicAction;
import com.arjuna.ats.arjuna.coordinator.ActionManager;
import com.arjuna.ats.arjuna.coordinator.ActionStatus;
import com.arjuna.ats.arjuna.coordinator.BasicAction;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionImple;
import com.arjuna.ats.internal.jta.utils.arjunacore.StatusConverter;
import dev.handfast.xa.internal.transaction.EngineTransaction;
import dev.handfast.xa.spi.Gtrid;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import javax.transaction.xa.XAResource;

/**
 * A transaction that Narayana's coordinator runs, without Narayana's threads: no thread is
 * associated with it, no reaper times it out, and it has no synchronizations.
 */
final class NarayanaTransaction implements EngineTransaction {

  private final Action action;
  private final Branches branches;
  private final Gtrid gtrid;

  private NarayanaTransaction(Action action) {
    this.action = action;
    this.branches = new Branches(action);
    this.gtrid = NarayanaTransactions.gtrid(action.get_uid());
  }

  /**
   * Begins one.
   *
   * @throws IllegalStateException if Narayana begins none
   */
  static NarayanaTransaction begin(int timeoutSeconds) {
    Action action = new Action(timeoutSeconds);
    int status = action.begun();
    if (status != ActionStatus.RUNNING) {
      throw new IllegalStateException(
          "The transaction manager has begun no transaction, but left one in "
              + ActionStatus.stringForm(status)
              + ". To solve this, see what it has logged");
    }
    return new NarayanaTransaction(action);
  }

  @Override
  public Gtrid gtrid() {
    return gtrid;
  }

  @Override
  public int status() {
    return StatusConverter.convert(action.status());
  }

  @Override
  public boolean enlist(XAResource resource) throws RollbackException, SystemException {
    return branches.enlistResource(resource);
  }

  @Override
  public boolean delist(XAResource resource, int flag) throws SystemException {
    return branches.delistResource(resource, flag);
  }

  @Override
  public End commit() {
    if (!branches.endSuspended()) {
      action.preventCommit();
    }
    int status = action.committed();
    return switch (status) {
      case ActionStatus.COMMITTED, ActionStatus.COMMITTING -> End.COMMITTED;
      case ActionStatus.ABORTED, ActionStatus.ABORTING, ActionStatus.H_ROLLBACK -> End.ROLLED_BACK;
      case ActionStatus.H_MIXED, ActionStatus.H_HAZARD -> End.HEURISTIC;
      default ->
          throw new IllegalStateException(
              "The transaction manager left " + gtrid + " in " + ActionStatus.stringForm(status));
    };
  }

  @Override
  public void rollback() {
    branches.endSuspended();
    action.rolledBack();
  }

  @Override
  public void discard() {
    ActionManager.manager().remove(action.get_uid());
  }

  @Override
  public String toString() {
    return "transaction " + gtrid;
  }

  /** Runs phases without synchronizations; what is protected there is called here. */
  private static final class Action extends AtomicAction {

    Action(int timeoutSeconds) {
      _timeout = timeoutSeconds;
    }

    int begun() {
      return Begin(null);
    }

    int committed() {
      return End(true);
    }

    int rolledBack() {
      return Abort(true);
    }
  }

  /** Makes and starts branches. */
  private static final class Branches extends TransactionImple {

    Branches(BasicAction action) {
      super(action);
    }

    boolean endSuspended() {
      return endSuspendedRMs();
    }
  }
}
