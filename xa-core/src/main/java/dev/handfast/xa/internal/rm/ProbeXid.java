package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.platform.Platform;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.transaction.xa.Xid;

/**
 * The Xid of a branch that is prepared and rolled back at once, to make a resource manager force
 * its journal. It carries a reserved name, whose probe it is, and when it was made, so that one
 * that was left behind by a crash can be told and rolled back.
 *
 * @param gtrid the reserved name, the time, the owner
 * @param bqual random
 */
@SuppressWarnings("ArrayRecordComponent") // an Xid is arrays; never compared
record ProbeXid(byte[] gtrid, byte[] bqual) implements Xid {

  private static final int FORMAT = 0x48464E44;
  private static final byte[] NAME = "handfast-probe".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = NAME.length + Long.BYTES;

  static ProbeXid of(String owner, Instant now, Platform platform) {
    byte[] name = owner.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer gtrid = ByteBuffer.allocate(HEAD + name.length);
    gtrid.put(NAME).putLong(now.toEpochMilli()).put(name);
    ByteBuffer bqual = ByteBuffer.allocate(Long.BYTES);
    bqual.putInt(platform.randomInt()).putInt(platform.randomInt());
    return new ProbeXid(gtrid.array(), bqual.array());
  }

  /** The age of a probe of the given owner; empty if the Xid is anything else. */
  static Optional<Duration> age(Xid xid, String owner, Instant now) {
    byte[] gtrid = xid.getGlobalTransactionId();
    if (xid.getFormatId() != FORMAT
        || gtrid.length < HEAD
        || !Arrays.equals(Arrays.copyOf(gtrid, NAME.length), NAME)
        || !owner.equals(new String(gtrid, HEAD, gtrid.length - HEAD, StandardCharsets.US_ASCII))) {
      return Optional.empty();
    }
    Instant made = Instant.ofEpochMilli(ByteBuffer.wrap(gtrid).getLong(NAME.length));
    return Optional.of(Duration.between(made, now));
  }

  @Override
  public int getFormatId() {
    return FORMAT;
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
