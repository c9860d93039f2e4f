package dev.handfast.xa.spi;

import java.util.Arrays;
import java.util.HexFormat;
import javax.transaction.xa.Xid;

/**
 * An Xid that is compared by its bytes. The drivers' own classes of Xids often cannot be compared.
 */
public final class XidKey {

  private static final HexFormat HEX = HexFormat.of();

  private final int formatId;
  private final Gtrid gtrid;
  private final byte[] bqual;

  private XidKey(int formatId, Gtrid gtrid, byte[] bqual) {
    this.formatId = formatId;
    this.gtrid = gtrid;
    this.bqual = bqual;
  }

  /**
   * The key of a branch of a transaction.
   *
   * @param formatId of the transaction manager
   * @param bqual the branch qualifier in hexadecimal
   */
  public XidKey(int formatId, Gtrid gtrid, String bqual) {
    this(formatId, gtrid, HEX.parseHex(bqual));
  }

  /** The key as of {@link #XidKey(int, Gtrid, String)}, with the gtrid in hexadecimal as well. */
  public XidKey(int formatId, String gtrid, String bqual) {
    this(formatId, Gtrid.parse(gtrid), bqual);
  }

  /** The key of an Xid. */
  public static XidKey of(Xid xid) {
    return new XidKey(xid.getFormatId(), Gtrid.of(xid), xid.getBranchQualifier().clone());
  }

  /** Returns the format id, which tells what kind of transaction manager made the Xid. */
  public int formatId() {
    return formatId;
  }

  /** Returns the global transaction id as a value that can be compared. */
  public Gtrid transaction() {
    return gtrid;
  }

  /** Returns the global transaction id in hexadecimal. */
  public String gtrid() {
    return gtrid.hex();
  }

  /** Returns the branch qualifier in hexadecimal. */
  public String bqual() {
    return HEX.formatHex(bqual);
  }

  /** Returns an Xid with the bytes of this key. */
  public Xid xid() {
    return new KeyedXid(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof XidKey that
        && formatId == that.formatId
        && gtrid.equals(that.gtrid)
        && Arrays.equals(bqual, that.bqual);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * formatId + gtrid.hashCode()) + Arrays.hashCode(bqual);
  }

  @Override
  public String toString() {
    return "XidKey[formatId=" + formatId + ", gtrid=" + gtrid + ", bqual=" + bqual() + "]";
  }

  private record KeyedXid(XidKey key) implements Xid {

    @Override
    public int getFormatId() {
      return key.formatId;
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return key.gtrid.bytes();
    }

    @Override
    public byte[] getBranchQualifier() {
      return key.bqual.clone();
    }

    @Override
    public String toString() {
      return key.toString();
    }
  }
}
