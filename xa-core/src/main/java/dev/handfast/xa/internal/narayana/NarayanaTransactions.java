package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.AtomicAction;
import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.coordinator.ActionManager;
import com.arjuna.ats.arjuna.coordinator.ActionStatus;
import com.arjuna.ats.arjuna.coordinator.BasicAction;
import dev.handfast.xa.internal.decision.RunningTransactions;
import dev.handfast.xa.spi.Gtrid;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The transactions that Narayana runs in this process. */
final class NarayanaTransactions implements RunningTransactions {

  /** The type under which Narayana files the records of its transactions. */
  static final String TYPE = new AtomicAction().type();

  @Override
  public Set<Gtrid> among(Collection<Gtrid> transactions) {
    return transactions.stream()
        .filter(NarayanaTransactions::isRunning)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isRunning(Gtrid gtrid) {
    return gtrid.length() >= Uid.UID_SIZE && ActionManager.manager().get(Gtrids.uid(gtrid)) != null;
  }

  /**
   * Whether a transaction is to be committed. A decision to commit turns if the first resource
   * manager that is told rolls back on its own.
   *
   * @param otherwise the answer of the log, for one that does not run
   */
  static boolean isToCommit(Uid uid, boolean otherwise) {
    BasicAction action = ActionManager.manager().get(uid);
    if (action == null) {
      return otherwise;
    }
    int status = action.status();
    return status == ActionStatus.PREPARED
        || status == ActionStatus.COMMITTING
        || status == ActionStatus.COMMITTED;
  }
}
