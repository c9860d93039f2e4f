package dev.handfast.xa.testkit.contract;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import javax.transaction.xa.Xid;

/** An Xid of a test, random or with a name. Its arrays are copied before they are handed out. */
public final class TestXid implements Xid {

  /** It differs from Narayana's, so that nobody takes these for transactions of a runtime. */
  public static final int FORMAT_ID = 4711;

  private static final int USUAL_GTRID = 40;
  private static final int USUAL_BQUAL = 36;

  private final byte[] gtrid;
  private final byte[] bqual;

  private TestXid(byte[] gtrid, byte[] bqual) {
    this.gtrid = gtrid;
    this.bqual = bqual;
  }

  /** A random Xid as long as those of the runtime. */
  public static TestXid usual() {
    return new TestXid(random(USUAL_GTRID), random(USUAL_BQUAL));
  }

  /** A random Xid as long as XA allows. */
  public static TestXid longest() {
    return new TestXid(random(MAXGTRIDSIZE), random(MAXBQUALSIZE));
  }

  /** The Xid whose gtrid is a text in UTF-8, and whose bqual is {@code b} and a number. */
  public static TestXid of(String gtrid, int branch) {
    return new TestXid(
        gtrid.getBytes(StandardCharsets.UTF_8), ("b" + branch).getBytes(StandardCharsets.UTF_8));
  }

  /** The Xid of one more branch, with a random bqual, of the transaction of the given branch. */
  static TestXid beside(Xid branch) {
    return new TestXid(branch.getGlobalTransactionId(), random(USUAL_BQUAL));
  }

  private static byte[] random(int length) {
    RandomGenerator random = ThreadLocalRandom.current();
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
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
