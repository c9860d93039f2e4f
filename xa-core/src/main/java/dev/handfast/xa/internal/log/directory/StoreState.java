package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.config.NodeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a log store knows of itself besides its records: whose it is, who has used it, what of it is
 * not believed, and which resource managers it has met.
 *
 * @param version grows with every change
 * @param node that it was made for
 * @param storeId 6 base-32 characters, random, permanent
 * @param starts that were completed, in their order
 * @param starting the start that is being recorded, or {@link #NONE}: from here on the slot file
 *     may be its
 * @param migrating whether the slot file may still be of the format before
 * @param distrust which starts are not believed
 * @param resources by name
 */
record StoreState(
    long version,
    NodeName node,
    String storeId,
    List<Integer> starts,
    int starting,
    boolean migrating,
    Distrust distrust,
    Map<String, RecordedResource> resources) {

  /** No start. */
  static final int NONE = 0;

  StoreState {
    starts = List.copyOf(starts);
    resources = Collections.unmodifiableMap(new TreeMap<>(resources));
  }

  /** A store that was never used. */
  static StoreState fresh(NodeName node, String storeId) {
    return new StoreState(1, node, storeId, List.of(), NONE, false, Distrust.NONE, Map.of());
  }

  /** The last start that was completed, or {@link #NONE}. */
  int lastStart() {
    return starts.isEmpty() ? NONE : starts.get(starts.size() - 1);
  }

  StoreState with(Distrust doubts) {
    return new StoreState(
        version + 1, node, storeId, starts, starting, migrating, doubts, resources);
  }

  StoreState with(RecordedResource resource) {
    Map<String, RecordedResource> all = new TreeMap<>(resources);
    all.put(resource.name(), resource);
    return new StoreState(version + 1, node, storeId, starts, starting, migrating, distrust, all);
  }

  /** The same, to replace another one. */
  StoreState newerThan(StoreState other) {
    return new StoreState(
        other.version + 1, node, storeId, starts, starting, migrating, distrust, resources);
  }

  /** The slot file is that of the start that was being recorded: it came no further. */
  StoreState completed(int fileStart) {
    return fileStart != NONE && fileStart == starting ? begun(fileStart) : this;
  }

  /** A start is about to replace the slot file. */
  StoreState beginning(int start) {
    return new StoreState(
        version + 1, node, storeId, starts, start, migrating, distrust, resources);
  }

  /** The slot file is that start's. */
  StoreState begun(int start) {
    List<Integer> all = new ArrayList<>(starts);
    all.add(start);
    return new StoreState(version + 1, node, storeId, all, NONE, false, distrust, resources);
  }
}
