package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.spi.XidKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.transaction.xa.Xid;

/**
 * Says how a database's driver names a branch: by a prefix, the format id, and the two ids in base
 * 64, with a separator between them.
 *
 * @param bqualFirst whether the branch qualifier stands before the global transaction id
 */
public record XidNaming(
    String prefix,
    String separator,
    boolean bqualFirst,
    Base64.Encoder encoder,
    Base64.Decoder decoder) {

  /** Answers the name of a branch. */
  public String name(Xid xid) {
    String gtrid = encoder.encodeToString(xid.getGlobalTransactionId());
    String bqual = encoder.encodeToString(xid.getBranchQualifier());
    return prefix
        + String.join(
            separator,
            Integer.toString(xid.getFormatId()),
            bqualFirst ? bqual : gtrid,
            bqualFirst ? gtrid : bqual);
  }

  /** Answers the branch of a name, empty if somebody gave the name by hand. */
  public Optional<Xid> parse(String name) {
    if (!name.startsWith(prefix)) {
      return Optional.empty();
    }
    String[] parts = name.substring(prefix.length()).split(Pattern.quote(separator), -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Xid xid = xid(name, parts[0], parts[bqualFirst ? 2 : 1], parts[bqualFirst ? 1 : 2]);
      return name(xid).equals(name) ? Optional.of(xid) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Xid xid(String name, String formatId, String gtrid, String bqual) {
    var key = new XidKey(Integer.parseInt(formatId), hex(gtrid), hex(bqual));
    return new NamedXid(name, key);
  }

  private String hex(String base64) {
    return HexFormat.of().formatHex(decoder.decode(base64));
  }

  /** Is a branch that was read from its name. */
  private record NamedXid(String name, XidKey key) implements Xid {

    @Override
    public int getFormatId() {
      return key.formatId();
    }

    @Override
    public byte[] getGlobalTransactionId() {
      return HexFormat.of().parseHex(key.gtrid());
    }

    @Override
    public byte[] getBranchQualifier() {
      return HexFormat.of().parseHex(key.bqual());
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
