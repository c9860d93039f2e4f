package dev.handfast.xa.internal.log;

import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.log.directory.Distrust;
import dev.handfast.xa.internal.log.directory.Durable;
import dev.handfast.xa.internal.log.directory.IdentityFiles;
import dev.handfast.xa.internal.log.directory.StoreIdentity;
import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.slot.Pages;
import dev.handfast.xa.internal.log.slot.SlotContents;
import dev.handfast.xa.internal.log.slot.SlotCopy;
import dev.handfast.xa.internal.log.slot.SlotFile;
import dev.handfast.xa.internal.log.slot.SlotFileHeader;
import dev.handfast.xa.internal.log.slot.SlotRecordStore;
import dev.handfast.xa.internal.log.slot.SlotScan;
import dev.handfast.xa.internal.platform.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The slot file of a directory as it was found. Reading changes nothing. A start writes down what
 * cannot be believed before it goes on: first whose decisions may be lost, then the bytes that
 * could not be read, then the start; then a new file takes the place of the old one.
 */
final class SlotLog implements AutoCloseable {

  private static final String FILE = "slots";

  private final Path directory;
  private final Platform platform;
  private final Pages file;
  private final SlotContents contents;
  private final List<Integer> earlier;
  private final Distrust distrust;

  private SlotLog(
      Path directory,
      Platform platform,
      Pages file,
      SlotContents contents,
      List<Integer> earlier,
      Distrust distrust) {
    this.directory = directory;
    this.platform = platform;
    this.file = file;
    this.contents = contents;
    this.earlier = earlier;
    this.distrust = distrust;
  }

  /**
   * Reads the file. One that is missing is made; it is a lost log if the directory was used.
   *
   * @throws LogStoreException if this release cannot read it
   */
  static SlotLog read(Path directory, Platform platform) throws IOException {
    Path path = directory.resolve(FILE);
    if (!Files.exists(path)) {
      distrustAll(directory);
      SlotFile.create(path, SlotRecordStore.FIRST_SLOTS);
    }
    return present(directory, platform);
  }

  /** Written down first: with a new file nobody could tell any more that there was another. */
  private static void distrustAll(Path directory) throws IOException {
    List<Integer> starts = IdentityFiles.starts(directory, 0);
    if (!starts.isEmpty()) {
      Distrust.read(directory).with(starts, List.of("the file was missing")).write(directory);
    }
  }

  private static SlotLog present(Path directory, Platform platform) throws IOException {
    Pages file = SlotFile.open(directory.resolve(FILE));
    try {
      SlotContents contents = SlotScan.read(file);
      List<Integer> earlier = IdentityFiles.starts(directory, contents.header().starts());
      Distrust known = Distrust.read(directory);
      List<String> doubts = contents.doubts();
      Distrust distrust = doubts.isEmpty() ? known : known.with(earlier, doubts);
      return new SlotLog(directory, platform, file, contents, earlier, distrust);
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /**
   * Reads the file of a store that is only looked at.
   *
   * @throws LogStoreException if it is missing, or this release cannot read it
   */
  static SlotLog look(Path directory, Platform platform) throws IOException {
    if (!Files.exists(directory.resolve(FILE))) {
      throw new LogStoreException(
          "The log "
              + directory.resolve(FILE)
              + " is missing, and looking makes no new one. To solve this, restore it, or start the"
              + " node: branches without a record are then left alone until you decide.");
    }
    return present(directory, platform);
  }

  /** Whose decisions may be lost. */
  Distrust distrust() {
    return distrust;
  }

  /** The damaged records by their head's slot. */
  Map<Integer, DamagedRecord> damaged() {
    return contents.damaged();
  }

  /** The starts that were recorded. */
  List<Integer> starts() {
    return earlier;
  }

  /** The decisions as they were read. */
  List<DecisionRecord> decisions() {
    return contents.records().values().stream().map(SlotContents.Stored::decision).toList();
  }

  /** A started log. */
  record Started(StoreIdentity identity, SlotRecordStore records) {}

  /**
   * Keeps what counts in a new file, and records a new start; all of it is durable when it returns.
   */
  Started start(NodeName node, String storeId) throws IOException {
    keepWhatCannotBeBelieved();
    StoreIdentity identity = IdentityFiles.begin(directory, node, storeId, earlier, platform);
    return new Started(identity, renewed(identity.starts().size()));
  }

  /** Keeps what counts in a new file, for an operator's order; durable when it returns. */
  SlotRecordStore act() throws IOException {
    keepWhatCannotBeBelieved();
    return renewed(earlier.size());
  }

  private void keepWhatCannotBeBelieved() throws IOException {
    if (!distrust.starts().isEmpty()) {
      distrust.write(directory);
    }
    for (int slot : contents.unreadable()) {
      Path kept = directory.resolve("damaged-slot-" + slot + "-" + platform.now().toEpochMilli());
      Durable.write(kept, readable(slot));
    }
  }

  private String readable(int slot) {
    try {
      return HexFormat.of().formatHex(file.read(slot));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The file is replaced, and the old one let go. */
  private SlotRecordStore renewed(int starts) throws IOException {
    Path path = directory.resolve(FILE);
    SlotFile.replace(
        path, (to, key) -> SlotCopy.write(file, contents, to, contents.header().of(key, starts)));
    SlotFile next = SlotFile.open(path);
    try {
      SlotFileHeader header = contents.header().of(next.key(), starts);
      SlotRecordStore store = new SlotRecordStore(next, header, contents);
      file.close();
      return store;
    } catch (IOException | RuntimeException | Error e) {
      next.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
