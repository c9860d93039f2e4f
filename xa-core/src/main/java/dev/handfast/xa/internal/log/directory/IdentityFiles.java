package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The files {@code store} (format, node name, store id) and {@code starts} (a start id a line). */
public final class IdentityFiles {

  private static final String STORE = "store";
  private static final String STARTS = "starts";
  private static final String NO_REMARKS = "#";
  private static final String FORMAT = "handfast-log 1";
  private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";

  private IdentityFiles() {}

  /** Records a new start; durable when it returns. */
  public static StoreIdentity begin(
      Path directory, NodeName node, String storeId, List<Integer> earlier, Platform platform)
      throws IOException {
    Set<Integer> starts = new LinkedHashSet<>(earlier);
    int startId = newStartId(starts, platform);
    starts.add(startId);
    Durable.write(directory.resolve(STARTS), StartList.text(NO_REMARKS, List.of(), starts));
    return new StoreIdentity(node, storeId, startId, starts);
  }

  /** The identity of a store that lives as long as the process. */
  public static StoreIdentity ofMemory(NodeName node, Platform platform) {
    int startId = newStartId(Set.of(), platform);
    return new StoreIdentity(node, newStoreId(platform), startId, Set.of(startId));
  }

  static boolean isStore(Path directory) {
    return Files.exists(directory.resolve(STORE));
  }

  /** The store's id; a directory that was never used is given one. */
  static String storeId(Path directory, NodeName node, Platform platform) throws IOException {
    Path file = directory.resolve(STORE);
    if (!Files.exists(file)) {
      requireNew(directory, file);
      String fresh = newStoreId(platform);
      Durable.write(file, FORMAT + "\n" + node.value() + "\n" + fresh + "\n");
      return fresh;
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() != 3
        || !lines.get(0).equals(FORMAT)
        || !lines.get(2).matches("[" + BASE_32 + "]{6}")) {
      throw new LogStoreException(
          "The log store's identity "
              + file
              + " is not of the format '"
              + FORMAT
              + "'. To solve this, restore it from a copy, or use the release that wrote it.");
    }
    if (!lines.get(1).equals(node.value())) {
      throw new LogStoreException(
          "handfast.log-store.directory = "
              + directory
              + " belongs to node '"
              + lines.get(1)
              + "', and handfast.node-name = '"
              + node.value()
              + "'. To solve this, restore the node name, or give this node a directory of its own.");
    }
    return lines.get(2);
  }

  /** The list of starts is written after the identity, and never without it. */
  private static void requireNew(Path directory, Path file) {
    if (Files.exists(directory.resolve(STARTS))) {
      throw new LogStoreException(
          "The log store's identity "
              + file
              + " is missing, and the directory has been used: with a new identity its branches would"
              + " never be finished. To solve this, restore the file from a copy, or finish what is in"
              + " doubt by hand and name an empty directory.");
    }
  }

  /**
   * The starts that were recorded.
   *
   * @param known how many there are at least
   */
  public static List<Integer> starts(Path directory, int known) throws IOException {
    Path file = directory.resolve(STARTS);
    if (!Files.exists(file) && known == 0) {
      return List.of();
    }
    StartList list =
        Files.exists(file) ? StartList.parse(Files.readAllLines(file), NO_REMARKS) : null;
    if (list == null || list.starts().size() < known) {
      throw new LogStoreException(
          "The log store's list of starts "
              + file
              + " is damaged, missing or older than the log. To solve this, restore it from a copy;"
              + " without it, branches of earlier starts cannot be told from a stranger's.");
    }
    return list.starts();
  }

  private static int newStartId(Set<Integer> taken, Platform platform) {
    int id;
    do {
      id = platform.randomInt() & Integer.MAX_VALUE;
    } while (id == 0 || taken.contains(id));
    return id;
  }

  private static String newStoreId(Platform platform) {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      id.append(BASE_32.charAt(platform.randomInt(BASE_32.length())));
    }
    return id.toString();
  }
}
