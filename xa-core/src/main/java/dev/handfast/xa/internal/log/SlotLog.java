package dev.handfast.xa.internal.log;

import dev.handfast.xa.internal.log.directory.Distrust;
import dev.handfast.xa.internal.log.directory.SlotFileOrigin;
import dev.handfast.xa.internal.log.directory.StoreDirectory;
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
import java.nio.charset.StandardCharsets;
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

  private final StoreDirectory directory;
  private final Platform platform;
  private final Pages file;
  private final SlotContents contents;
  private final Distrust distrust;

  private SlotLog(
      StoreDirectory directory,
      Platform platform,
      Pages file,
      SlotContents contents,
      Distrust distrust) {
    this.directory = directory;
    this.platform = platform;
    this.file = file;
    this.contents = contents;
    this.distrust = distrust;
  }

  /**
   * Reads the file. One that is missing is made; it is a lost log if the directory was used.
   *
   * @throws LogStoreException if this release cannot read it, or it is another store's
   */
  static SlotLog read(StoreDirectory directory, Platform platform) throws IOException {
    if (!directory.folder().isThere(FILE)) {
      directory.distrustAll("the file was missing");
      SlotFile.create(directory.folder(), FILE, SlotRecordStore.FIRST_SLOTS, directory.storeId());
    }
    return present(directory, platform);
  }

  private static SlotLog present(StoreDirectory directory, Platform platform) throws IOException {
    Pages file = SlotFile.open(directory.folder(), FILE);
    try {
      SlotContents read = SlotScan.read(file);
      SlotFileOrigin origin = origin(read.header());
      SlotContents contents = directory.isOlder(origin) ? read.disbelieved(file.path()) : read;
      Distrust distrust = directory.doubting(contents.doubts(), origin);
      return new SlotLog(directory, platform, file, contents, distrust);
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static SlotFileOrigin origin(SlotFileHeader header) {
    return new SlotFileOrigin(
        header.store(),
        header.start(),
        header.starts(),
        header.format() == SlotFileHeader.FORMAT_1);
  }

  /**
   * Reads the file of a store that is only looked at.
   *
   * @throws LogStoreException if it is missing, or this release cannot read it
   */
  static SlotLog look(StoreDirectory directory, Platform platform) throws IOException {
    if (!directory.folder().isThere(FILE)) {
      throw new LogStoreException(
          "The log "
              + directory.folder().file(FILE)
              + " is missing, and looking makes no new one. To solve this, restore it, or start the"
              + " node: branches without a record are then left alone until you decide.");
    }
    return present(directory, platform);
  }

  /** Why its directory cannot be used, with the mend. */
  LogStoreException unusable(String why, IOException cause) {
    return StoreDirectory.unusable(directory.path(), why, cause);
  }

  /** Whose decisions may be lost. */
  Distrust distrust() {
    return distrust;
  }

  /** The damaged records by their head's slot. */
  Map<Integer, DamagedRecord> damaged() {
    return contents.damaged();
  }

  /** The decisions as they were read. */
  List<DecisionRecord> decisions() {
    return contents.records().values().stream().map(SlotContents.Stored::decision).toList();
  }

  /** A started log. */
  record Started(StoreIdentity identity, SlotRecordStore records) {}

  /** Keeps what counts in a new file, and records a new start; all of it is durable on return. */
  Started start() throws IOException {
    keepWhatCannotBeRead();
    int start = directory.begin(distrust, contents.header().start(), platform);
    SlotRecordStore records = renewed(start, directory.starts().size() + 1);
    try {
      directory.begun(start);
      return new Started(directory.identity(start), records);
    } catch (IOException | RuntimeException | Error e) {
      records.close();
      throw e;
    }
  }

  /** Keeps what counts in a new file, for an operator's order; durable when it returns. */
  SlotRecordStore act() throws IOException {
    keepWhatCannotBeRead();
    directory.keep(distrust);
    return renewed(directory.lastStart(), directory.starts().size());
  }

  private void keepWhatCannotBeRead() throws IOException {
    for (int slot : contents.unreadable()) {
      String name = "damaged-slot-" + slot + "-" + platform.now().toEpochMilli();
      directory.folder().replace(name, readable(slot).getBytes(StandardCharsets.UTF_8));
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
  private SlotRecordStore renewed(int start, int starts) throws IOException {
    String written =
        SlotFile.replace(
            directory.folder(),
            FILE,
            (to, key) -> SlotCopy.write(file, contents, to, header(start, starts, key)));
    SlotFile next = SlotFile.open(directory.folder(), FILE);
    try {
      next.require(written);
      SlotFileHeader header = header(start, starts, next.key());
      SlotRecordStore store = new SlotRecordStore(next, header, contents);
      file.close();
      return store;
    } catch (IOException | RuntimeException | Error e) {
      next.close();
      throw e;
    }
  }

  private SlotFileHeader header(int start, int starts, String key) {
    int slots = Math.max(SlotRecordStore.FIRST_SLOTS, contents.slotsNeeded());
    return contents.header().next(slots, directory.storeId(), start, starts, key);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
