package dev.handfast.xa.testkit.contract;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import javax.transaction.xa.Xid;

/** A random Xid; its arrays are never handed out twice. */
final class TestXid implements Xid {

  /** Not the one of Narayana: nobody takes these for transactions of a runtime. */
  private static final int FORMAT_ID = 0x48465354;

  private final byte[] gtrid;
  private final byte[] bqual;

  private TestXid(byte[] gtrid, byte[] bqual) {
    this.gtrid = gtrid;
    this.bqual = bqual;
  }

  /** As long as those of the runtime. */
  static TestXid usual() {
    return ofLength(40, 36);
  }

  /** As long as XA allows. */
  static TestXid longest() {
    return ofLength(MAXGTRIDSIZE, MAXBQUALSIZE);
  }

  private static TestXid ofLength(int gtrid, int bqual) {
    RandomGenerator random = ThreadLocalRandom.current();
    byte[] first = new byte[gtrid];
    byte[] second = new byte[bqual];
    random.nextBytes(first);
    random.nextBytes(second);
    return new TestXid(first, second);
  }

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
