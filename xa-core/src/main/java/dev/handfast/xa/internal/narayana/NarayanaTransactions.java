package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.AtomicAction;
import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.coordinator.ActionManager;
import com.arjuna.ats.arjuna.coordinator.ActionStatus;
import com.arjuna.ats.arjuna.coordinator.BasicAction;
import com.arjuna.ats.arjuna.coordinator.TxControl;
import com.arjuna.ats.internal.arjuna.FormatConstants;
import dev.handfast.xa.spi.Gtrid;

/** How Narayana names its transactions, and what it means to do with them. */
final class NarayanaTransactions {

  /** The format id of Narayana's Xids. */
  static final int FORMAT_ID = FormatConstants.JTA_FORMAT_ID;

  /** The type under which Narayana files the records of its transactions. */
  static final String TYPE = new AtomicAction().type();

  private NarayanaTransactions() {}

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
