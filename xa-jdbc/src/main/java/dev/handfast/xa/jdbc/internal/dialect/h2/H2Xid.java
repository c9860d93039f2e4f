package dev.handfast.xa.jdbc.internal.dialect.h2;

import java.util.Base64;
import java.util.Optional;
import javax.transaction.xa.Xid;

/**
 * A branch as H2 names it: {@code XID|formatId|bqual|gtrid}, the last two in URL-safe base 64, as
 * they are held here.
 */
record H2Xid(int formatId, String gtrid, String bqual) implements Xid {

  private static final String PREFIX = "XID";

  static String name(Xid xid) {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    return String.join(
        "|",
        PREFIX,
        Integer.toString(xid.getFormatId()),
        base64.encodeToString(xid.getBranchQualifier()),
        base64.encodeToString(xid.getGlobalTransactionId()));
  }

  /** The branch, empty if the name is one that somebody gave by hand. */
  static Optional<Xid> parse(String name) {
    String[] parts = name.split("\\|", -1);
    if (parts.length != 4 || !parts[0].equals(PREFIX)) {
      return Optional.empty();
    }
    try {
      var xid = new H2Xid(Integer.parseInt(parts[1]), parts[3], parts[2]);
      return name(xid).equals(name) ? Optional.of(xid) : Optional.empty();
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
    return Base64.getUrlDecoder().decode(gtrid);
  }

  @Override
  public byte[] getBranchQualifier() {
    return Base64.getUrlDecoder().decode(bqual);
  }

  @Override
  public String toString() {
    return name(this);
  }
}
