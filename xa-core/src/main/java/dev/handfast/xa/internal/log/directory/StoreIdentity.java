package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.config.NodeName;
import java.util.Set;

/**
 * Who a log store is, and which of its starts this is.
 *
 * @param node the node name it was made for
 * @param storeId 6 base-32 characters, random, permanent
 * @param startId 31 random bits, of this start, never 0
 * @param starts every start that was recorded, this one included
 */
public record StoreIdentity(NodeName node, String storeId, int startId, Set<Integer> starts) {

  public StoreIdentity {
    starts = Set.copyOf(starts);
  }

  /** What every Xid carries behind its unique part: node name and store id, 28 bytes at most. */
  public String xidSuffix() {
    return node.value() + '~' + storeId;
  }
}
