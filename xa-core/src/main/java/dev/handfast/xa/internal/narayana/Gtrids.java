package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.coordinator.TxControl;
import com.arjuna.ats.internal.arjuna.FormatConstants;
import dev.handfast.xa.spi.Gtrid;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** From Narayana's ids to ours: a gtrid is the 28 bytes of the Uid and the node name. */
final class Gtrids {

  static final int FORMAT_ID = FormatConstants.JTA_FORMAT_ID;

  private Gtrids() {}

  static Gtrid of(Uid uid) {
    byte[] unique = uid.getBytes();
    byte[] node = TxControl.getXaNodeNameBytes();
    return Gtrid.of(ByteBuffer.allocate(unique.length + node.length).put(unique).put(node).array());
  }

  /** Narayana's id of a transaction; only of one that is long enough. */
  static Uid uid(Gtrid gtrid) {
    return new Uid(Arrays.copyOf(gtrid.bytes(), Uid.UID_SIZE));
  }
}
