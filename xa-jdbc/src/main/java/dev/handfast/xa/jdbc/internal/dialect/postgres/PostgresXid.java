package dev.handfast.xa.jdbc.internal.dialect.postgres;

import java.util.Base64;
import java.util.Optional;
import javax.transaction.xa.Xid;

/**
 * A branch as PostgreSQL's driver names it: {@code formatId_gtrid_bqual}, the last two in base 64,
 * as they are held here.
 */
record PostgresXid(int formatId, String gtrid, String bqual) implements Xid {

  /** The gid. It holds no character that SQL would have to escape. */
  static String gid(Xid xid) {
    var base64 = Base64.getEncoder();
    return String.join(
        "_",
        Integer.toString(xid.getFormatId()),
        base64.encodeToString(xid.getGlobalTransactionId()),
        base64.encodeToString(xid.getBranchQualifier()));
  }

  /** The branch, empty if the gid is one that somebody gave by hand. */
  static Optional<Xid> parse(String gid) {
    String[] parts = gid.split("_", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var xid = new PostgresXid(Integer.parseInt(parts[0]), parts[1], parts[2]);
      return gid(xid).equals(gid) ? Optional.of(xid) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public int getFormatId() {
    return formatId;
  }

  @Override
  public byte[] getGlobalTransactionId() {
    return Base64.getDecoder().decode(gtrid);
  }

  @Override
  public byte[] getBranchQualifier() {
    return Base64.getDecoder().decode(bqual);
  }

  @Override
  public String toString() {
    return gid(this);
  }
}
