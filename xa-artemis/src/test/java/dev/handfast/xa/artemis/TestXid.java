package dev.handfast.xa.artemis;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.transaction.xa.Xid;

/** A branch identity of a transaction manager of the tests' own. */
record TestXid(String gtrid, String bqual) implements Xid {

  static final int FORMAT = 4711;

  static TestXid random() {
    return new TestXid(UUID.randomUUID().toString(), "b");
  }

  @Override
  public int getFormatId() {
    return FORMAT;
  }

  @Override
  public byte[] getGlobalTransactionId() {
    return gtrid.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] getBranchQualifier() {
    return bqual.getBytes(StandardCharsets.US_ASCII);
  }

  static String gtridOf(Xid xid) {
    return new String(xid.getGlobalTransactionId(), StandardCharsets.US_ASCII);
  }
}
