package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.coordinator.TxControl;
import com.arjuna.ats.internal.arjuna.FormatConstants;
import com.arjuna.ats.jta.xa.XidImple;
import java.util.HexFormat;
import javax.transaction.xa.Xid;

/** From Narayana's ids to ours: a gtrid is the 28 bytes of the Uid and the node name. */
final class Gtrids {

  static final int FORMAT_ID = FormatConstants.JTA_FORMAT_ID;
  private static final HexFormat HEX = HexFormat.of();

  private Gtrids() {}

  static String of(Uid uid) {
    return HEX.formatHex(uid.getBytes()) + HEX.formatHex(TxControl.getXaNodeNameBytes());
  }

  static String of(Xid xid) {
    return HEX.formatHex(xid.getGlobalTransactionId());
  }

  static Uid uid(Xid xid) {
    return new XidImple(xid).getTransactionUid();
  }

  static Uid uid(String gtrid) {
    return new Uid(HEX.parseHex(gtrid, 0, 2 * Uid.UID_SIZE));
  }

  /** The Xid of a logged branch. */
  static Xid branch(String gtrid, String bqual) {
    return new XidImple(new LoggedXid(HEX.parseHex(gtrid), HEX.parseHex(bqual)));
  }

  @SuppressWarnings("ArrayRecordComponent") // copied into an XidImple at once
  private record LoggedXid(byte[] gtrid, byte[] bqual) implements Xid {

    @Override
    public int getFormatId() {
      return FORMAT_ID;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return gtrid.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
      return bqual.clone();
    }
  }
}
