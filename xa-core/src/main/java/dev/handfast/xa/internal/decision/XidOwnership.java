package dev.handfast.xa.internal.decision;

import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.directory.StoreIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import javax.transaction.xa.Xid;

/**
 * Whose a branch is, told by its Xid alone: the transaction manager's format, then a unique part of
 * 28 bytes that holds the start id at 16 to 19, then {@code NAME~STOREID}.
 */
public final class XidOwnership {

  private static final int UNIQUE = 28;
  private static final int START_ID = 16;

  /** Whose a branch is. */
  public enum Owner {
    /** Ours: this store, a recorded start whose log is trusted. */
    OURS,
    /**
     * Our name with another store's id, a start that was never recorded, or one whose log may be
     * lost: never touched.
     */
    QUARANTINED,
    /** Another node's or another transaction manager's: never touched. */
    FOREIGN
  }

  private final int formatId;
  private final byte[] suffix;
  private final byte[] namePrefix;
  private final IntPredicate trusted;

  /**
   * @param trusted whether a start was recorded and its log is not in doubt; asked each time, since
   *     an operator may accept a store
   */
  public XidOwnership(int formatId, String node, String suffix, IntPredicate trusted) {
    this.formatId = formatId;
    this.suffix = suffix.getBytes(StandardCharsets.US_ASCII);
    this.namePrefix = (node + '~').getBytes(StandardCharsets.US_ASCII);
    this.trusted = trusted;
  }

  /** As the log's tenure tells it, for the format of the transaction manager. */
  public static XidOwnership of(Tenure tenure, int formatId) {
    StoreIdentity identity = tenure.identity();
    return new XidOwnership(
        formatId, identity.node().value(), identity.xidSuffix(), tenure::isTrusted);
  }

  /** Whether a branch carries the id of this log store, whatever its start. */
  public boolean isOfThisStore(Xid xid) {
    byte[] gtrid = xid.getGlobalTransactionId();
    return gtrid.length >= UNIQUE
        && Arrays.equals(Arrays.copyOfRange(gtrid, UNIQUE, gtrid.length), suffix);
  }

  /** Whose a branch is. */
  public Owner of(Xid xid) {
    byte[] gtrid = xid.getGlobalTransactionId();
    if (xid.getFormatId() != formatId || gtrid == null || gtrid.length < UNIQUE) {
      return Owner.FOREIGN;
    }
    byte[] tail = Arrays.copyOfRange(gtrid, UNIQUE, gtrid.length);
    if (Arrays.equals(tail, suffix)) {
      int start = ByteBuffer.wrap(gtrid).getInt(START_ID);
      return trusted.test(start) ? Owner.OURS : Owner.QUARANTINED;
    }
    boolean sameName =
        tail.length >= namePrefix.length
            && Arrays.equals(Arrays.copyOf(tail, namePrefix.length), namePrefix);
    return sameName ? Owner.QUARANTINED : Owner.FOREIGN;
  }
}
