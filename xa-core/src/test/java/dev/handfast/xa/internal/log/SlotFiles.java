package dev.handfast.xa.internal.log;

import dev.handfast.xa.scripted.Xids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.transaction.xa.Xid;

/** The slot file of a closed store, for tests. */
public final class SlotFiles {

  private SlotFiles() {}

  private static Path file(Path directory) {
    return directory.resolve("slots");
  }

  /** The records in it. */
  public static List<LogRecord> records(Path directory) {
    return contents(directory).records().values().stream()
        .map(SlotContents.Stored::record)
        .toList();
  }

  /**
   * The open branches that its decisions name, of those that ended on their own or of the others.
   */
  public static List<Xid> branches(Path directory, boolean heuristic) {
    List<Xid> xids = new ArrayList<>();
    for (LogRecord record : records(directory)) {
      Decision decision = Objects.requireNonNull(record.decision());
      for (LoggedBranch branch : decision.branches()) {
        if (branch.isHeuristic() == heuristic) {
          HexFormat hex = HexFormat.of();
          xids.add(
              Xids.of(Xids.FORMAT, hex.parseHex(decision.gtrid()), hex.parseHex(branch.bqual())));
        }
      }
    }
    return xids;
  }

  static SlotContents contents(Path directory) {
    try (SlotFile file = SlotFile.open(file(directory))) {
      return SlotScan.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes one bit of every slot that begins a record. */
  public static void flipHeads(Path directory, int bit) {
    for (int slot = 0; slot < contents(directory).header().slots(); slot++) {
      SlotHeader header = page(directory, slot).header();
      if (header != null && header.kind() == SlotHeader.Kind.HEAD) {
        flip(directory, slot, bit);
      }
    }
  }

  private static SlotPage page(Path directory, int slot) {
    try (SlotFile file = SlotFile.open(file(directory))) {
      return SlotPage.read(file.read(slot), slot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes one bit of a slot. */
  public static void flip(Path directory, int slot, int bit) {
    try (SlotFile file = SlotFile.open(file(directory))) {
      byte[] page = file.read(slot);
      page[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      file.write(slot, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a record as the store does. */
  public static void write(Path directory, LogRecord record) {
    try {
      SlotFile file = SlotFile.open(file(directory));
      SlotContents contents = SlotScan.read(file);
      try (SlotRecordStore store = new SlotRecordStore(file, contents.header(), contents)) {
        store.write(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
