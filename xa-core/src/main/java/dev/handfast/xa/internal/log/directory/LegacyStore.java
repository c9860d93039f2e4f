package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.log.record.LogStoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A log store of format 1: {@code store} (format, node name, store id), {@code starts} (a start id
 * a line), {@code distrusted} and {@code resources}, none of which has a checksum.
 */
final class LegacyStore {

  private static final String FORMAT = "handfast-log 1";
  private static final String STARTS = "starts";
  private static final String DISTRUSTED = "distrusted";
  private static final String RESOURCES = "resources";
  private static final String NO_REMARKS = "#";
  private static final String BECAUSE = "because ";

  /** No name of a resource begins like this, so no line of the first format does. */
  private static final String RESOURCES_HEADER = "# handfast-resources ";

  private static final String RESOURCES_FORMAT = "2";

  private LegacyStore() {}

  /** Whether something of such a store is there, whatever became of the rest. */
  static boolean isUsed(Folder folder) throws IOException {
    return folder.isThere(STARTS);
  }

  /** The state, or null if the store is of another format, or none. */
  static @Nullable StoreState read(Folder folder) throws IOException {
    Path file = folder.file(StoreFile.NAME);
    if (!folder.isThere(StoreFile.NAME)) {
      return null;
    }
    List<String> lines = lines(folder, StoreFile.NAME);
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
      return null;
    }
    if (lines.size() != 3 || !StoreIds.isStoreId(lines.get(2))) {
      throw damaged(file, "whose it is cannot be told");
    }
    return new StoreState(
        0,
        node(file, lines.get(1)),
        lines.get(2),
        starts(folder),
        StoreState.NONE,
        true,
        distrust(folder),
        resources(folder));
  }

  private static NodeName node(Path file, String name) {
    try {
      return new NodeName(name);
    } catch (IllegalArgumentException e) {
      throw damaged(file, "whose it is cannot be told");
    }
  }

  private static List<String> lines(Folder folder, String name) throws IOException {
    return new String(folder.read(name), StandardCharsets.UTF_8).lines().toList();
  }

  private static List<Integer> starts(Folder folder) throws IOException {
    Path file = folder.file(STARTS);
    if (!folder.isThere(STARTS)) {
      return List.of();
    }
    StartList list = StartList.parse(lines(folder, STARTS), NO_REMARKS);
    if (list == null) {
      throw damaged(file, "branches of earlier starts cannot be told from a stranger's");
    }
    return List.copyOf(new LinkedHashSet<>(list.starts()));
  }

  private static Distrust distrust(Folder folder) throws IOException {
    Path file = folder.file(DISTRUSTED);
    if (!folder.isThere(DISTRUSTED)) {
      return Distrust.NONE;
    }
    StartList list = StartList.parse(lines(folder, DISTRUSTED), BECAUSE);
    if (list == null) {
      throw damaged(file, "branches whose decision is lost would be rolled back");
    }
    return new Distrust(Set.copyOf(list.starts()), new LinkedHashSet<>(list.remarks()));
  }

  private static Map<String, RecordedResource> resources(Folder folder) throws IOException {
    Map<String, RecordedResource> known = new TreeMap<>();
    Path file = folder.file(RESOURCES);
    if (!folder.isThere(RESOURCES)) {
      return known;
    }
    List<String> lines = lines(folder, RESOURCES);
    boolean first = lines.isEmpty() || !lines.get(0).startsWith(RESOURCES_HEADER);
    if (lines.isEmpty() || (!first && !lines.get(0).equals(RESOURCES_HEADER + RESOURCES_FORMAT))) {
      throw damaged(file, "another resource manager under an old name would not be noticed");
    }
    for (String line : lines.subList(first ? 0 : 1, lines.size())) {
      RecordedResource resource =
          first ? RecordedResource.ofFormat1(line) : RecordedResource.of(line);
      if (resource == null) {
        throw damaged(file, "another resource manager under an old name would not be noticed");
      }
      known.put(resource.name(), resource);
    }
    return known;
  }

  private static LogStoreException damaged(Path file, String risk) {
    return new LogStoreException(
        "The log store's "
            + file
            + " is damaged, or of a format that this release does not know: "
            + risk
            + ". To solve this, restore it from a copy, or use the release that wrote it.");
  }

  static void delete(Folder folder) throws IOException {
    for (String file : List.of(STARTS, DISTRUSTED, RESOURCES)) {
      folder.delete(file);
    }
    folder.force();
  }
}
