package dev.handfast.xa.scripted;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.Xid;

/** Xids of the form that the runtime makes. */
public final class Xids {

  /** Of the runtime's transaction manager. */
  public static final int FORMAT = 131077;

  private static final AtomicInteger NEXT = new AtomicInteger();

  private Xids() {}

  /** A branch that the given start of a node ({@code NAME~STOREID}) would make. */
  public static Xid of(String suffix, int startId) {
    return of(FORMAT, suffix, startId);
  }

  public static Xid of(int format, String suffix, int startId) {
    byte[] tail = suffix.getBytes(StandardCharsets.US_ASCII);
    byte[] gtrid =
        ByteBuffer.allocate(28 + tail.length)
            .putLong(0)
            .putLong(0xffff7f000001L)
            .putInt(startId)
            .putInt(0x65000000)
            .putInt(NEXT.incrementAndGet())
            .put(tail)
            .array();
    return of(format, gtrid, ByteBuffer.allocate(36).putInt(NEXT.incrementAndGet()).array());
  }

  public static Xid of(int format, byte[] gtrid, byte[] bqual) {
    return new Xid() {
      @Override
      public int getFormatId() {
        return format;
      }

      @Override
      public byte[] getGlobalTransactionId() {
        return gtrid.clone();
      }

      @Override
      public byte[] getBranchQualifier() {
        return bqual.clone();
      }
    };
  }
}
