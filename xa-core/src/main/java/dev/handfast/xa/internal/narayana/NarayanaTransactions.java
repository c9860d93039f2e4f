package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.AtomicAction;
import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.coordinator.ActionManager;
import com.arjuna.ats.arjuna.coordinator.ActionStatus;
import com.arjuna.ats.arjuna.coordinator.BasicAction;
import com.arjuna.ats.arjuna.coordinator.TxControl;
import com.arjuna.ats.internal.arjuna.FormatConstants;
import dev.handfast.xa.internal.decision.RunningTransactions;
import dev.handfast.xa.spi.Gtrid;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The transactions that Narayana runs in this process. */
final class NarayanaTransactions implements RunningTransactions {

  /** The format id of Narayana's Xids. */
  static final int FORMAT_ID = FormatConstants.JTA_FORMAT_ID;

  /** The type under which Narayana files the records of its transactions. */
  static final String TYPE = new AtomicAction().type();

  @Override
  public Set<Gtrid> among(Collection<Gtrid> transactions) {
    return transactions.stream()
        .filter(NarayanaTransactions::isRunning)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isRunning(Gtrid gtrid) {
    return gtrid.length() >= Uid.UID_SIZE && ActionManager.manager().get(uid(gtrid)) != null;
  }

  private static Uid uid(Gtrid gtrid) {
    return new Uid(Arrays.copyOf(gtrid.bytes(), Uid.UID_SIZE));
  }

  /** A gtrid is the 28 bytes of the Uid and the node name. */
  static Gtrid gtrid(Uid uid) {
    return Gtrid.of(uid.getBytes(), TxControl.getXaNodeNameBytes());
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
