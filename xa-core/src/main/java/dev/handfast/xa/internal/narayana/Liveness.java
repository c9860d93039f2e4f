package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.coordinator.ActionManager;
import dev.handfast.xa.internal.log.DecisionRecord;
import java.util.HexFormat;
import javax.transaction.xa.Xid;

/**
 * Whether a transaction runs in this process. Asked after the resource managers were listed, never
 * before: a transaction that is over by then has its decision in the log.
 */
final class Liveness {

  private static final int UID_DIGITS = 2 * Uid.UID_SIZE;

  private Liveness() {}

  static boolean isLive(Uid uid) {
    return ActionManager.manager().get(uid) != null;
  }

  static boolean isLive(Xid xid) {
    return isLive(Gtrids.uid(xid));
  }

  static boolean isLive(DecisionRecord decision) {
    return isLive(decision.gtrid());
  }

  /** By the global transaction id in hexadecimal. */
  static boolean isLive(String gtrid) {
    return gtrid.length() >= UID_DIGITS
        && isLive(new Uid(HexFormat.of().parseHex(gtrid, 0, UID_DIGITS)));
  }
}
