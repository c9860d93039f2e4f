package dev.handfast.xa.spi;

import java.util.Arrays;
import java.util.HexFormat;
import javax.transaction.xa.Xid;

/**
 * A global transaction id: the bytes that the Xids of all branches of one transaction share (X/Open
 * CAE C193, section 4.2). Two are equal if their bytes are; hexadecimal is for people.
 */
public final class Gtrid {

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;
  private final int hash;

  private Gtrid(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** The id with these bytes, which are copied. */
  public static Gtrid of(byte[] bytes) {
    return new Gtrid(bytes.clone());
  }

  /** The id that an Xid carries. */
  public static Gtrid of(Xid xid) {
    return of(xid.getGlobalTransactionId());
  }

  /**
   * The id that a text names.
   *
   * @throws IllegalArgumentException if it is not an even number of hexadecimal digits
   */
  public static Gtrid parse(String hex) {
    return new Gtrid(HEX.parseHex(hex));
  }

  /** A copy of its bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many bytes it has. */
  public int length() {
    return bytes.length;
  }

  /** True if it has no bytes, which no transaction has. */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Gtrid that && hash == that.hash && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** In hexadecimal, as in the log and in every message. */
  public String hex() {
    return HEX.formatHex(bytes);
  }

  /** As {@link #hex}. */
  @Override
  public String toString() {
    return hex();
  }
}
