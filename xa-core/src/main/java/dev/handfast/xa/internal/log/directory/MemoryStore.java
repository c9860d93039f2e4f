package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.platform.Platform;
import java.util.List;
import java.util.Set;

/**
 * What stands in for a directory where the store lives as long as the process.
 *
 * @param identity of the store and its one start
 * @param resources that are met
 */
public record MemoryStore(StoreIdentity identity, ResourceIdentities resources) {

  /** A new one. */
  public static MemoryStore of(NodeName node, Platform platform) {
    String storeId = StoreIds.newStoreId(platform);
    int start = StoreIds.newStartId(List.of(), platform);
    return new MemoryStore(
        new StoreIdentity(node, storeId, start, Set.of(start)),
        ResourceIdentities.kept(StoreFile.ofMemory(node, storeId)));
  }
}
