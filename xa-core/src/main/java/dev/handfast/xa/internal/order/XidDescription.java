package dev.handfast.xa.internal.order;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in the ids of a branch, for a reader. */
final class XidDescription {

  private static final int UNIQUE = 28;
  private static final HexFormat HEX = HexFormat.of();
  private static final Map<Integer, String> MANAGERS =
      Map.of(
          131077, "Narayana",
          0x41544F4D, "Atomikos",
          0x42746E78, "Bitronix",
          0x48464E44, "a check of Handfast");

  private final int known;

  /** For the given format id of the transaction manager, whose gtrids can be read. */
  XidDescription(int known) {
    this.known = known;
  }

  /** Who made a branch. */
  String manager(int formatId, String gtrid) {
    String name =
        MANAGERS.getOrDefault(
            formatId, "a transaction manager of format 0x" + Integer.toHexString(formatId));
    String node = node(formatId, gtrid);
    return node == null ? name : name + ", node " + node;
  }

  /** The unique part of a gtrid as the transaction manager writes it; null if it is another's. */
  @Nullable String uid(int formatId, String gtrid) {
    if (formatId != known || gtrid.length() < 2 * UNIQUE) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(gtrid, 0, 2 * UNIQUE));
    return Long.toHexString(bytes.getLong())
        + ':'
        + Long.toHexString(bytes.getLong())
        + ':'
        + Integer.toHexString(bytes.getInt())
        + ':'
        + Integer.toHexString(bytes.getInt())
        + ':'
        + Integer.toHexString(bytes.getInt());
  }

  /** The node within a gtrid, without the store id; null if it is another manager's, or none. */
  @Nullable String node(int formatId, String gtrid) {
    if (formatId != known || gtrid.length() <= 2 * UNIQUE) {
      return null;
    }
    String tail = new String(HEX.parseHex(gtrid), StandardCharsets.US_ASCII).substring(UNIQUE);
    int store = tail.lastIndexOf('~');
    String name = store < 0 ? tail : tail.substring(0, store);
    return name.chars().allMatch(c -> c > ' ' && c < 0x7f) ? name : null;
  }
}
