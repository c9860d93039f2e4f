package dev.handfast.xa.spi;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * A global transaction id: the bytes that the Xids of all branches of one transaction share (X/Open
 * CAE C193, section 4.2). Two ids are equal if their bytes are equal. The hexadecimal form is for
 * people to read.
 */
public final class Gtrid {

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] bytes;
  private final int hash;
  private @Nullable String hex; // the same text whichever thread makes it

  private Gtrid(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** Returns the id with these bytes, one part after the other; they are copied. */
  public static Gtrid of(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.put(part);
    }
    return new Gtrid(all.array());
  }

  /** Returns the id that an Xid carries. */
  public static Gtrid of(Xid xid) {
    return of(xid.getGlobalTransactionId());
  }

  /**
   * Returns the id that a text names in hexadecimal.
   *
   * @throws IllegalArgumentException if it is not an even number of hexadecimal digits
   */
  public static Gtrid parse(String hex) {
    return new Gtrid(HEX.parseHex(hex));
  }

  /** Returns a copy of its bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Returns how many bytes it has. */
  public int length() {
    return bytes.length;
  }

  /** Returns true if it has no bytes at all, as the id of no transaction has. */
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

  /** Returns the id in hexadecimal, as the log and every message show it. */
  public String hex() {
    String text = hex;
    if (text == null) {
      text = HEX.formatHex(bytes);
      hex = text;
    }
    return text;
  }

  /** Returns the same as {@link #hex}. */
  @Override
  public String toString() {
    return hex();
  }
}
