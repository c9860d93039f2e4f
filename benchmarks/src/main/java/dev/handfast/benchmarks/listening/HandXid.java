package dev.handfast.benchmarks.listening;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import javax.transaction.xa.Xid;

/**
 * An Xid of the loop by hand.
 *
 * @param number of the global transaction
 * @param branch within it
 */
record HandXid(long number, byte branch) implements Xid {

  private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

  static long next() {
    return NUMBERS.incrementAndGet();
  }

  @Override
  public int getFormatId() {
    return 0x68616e64;
  }

  @Override
  public byte[] getGlobalTransactionId() {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  @Override
  public byte[] getBranchQualifier() {
    return new byte[] {branch};
  }
}
