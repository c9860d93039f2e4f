package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.log.directory.Folder;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.Gtrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.transaction.xa.Xid;

/** The slot file of a closed store, for tests. */
public final class SlotFiles {

  private SlotFiles() {}

  private static SlotFile look(Path directory) throws IOException {
    return SlotFile.look(new Folder(Disk.machine(), directory), "slots");
  }

  /** The decisions in it. */
  public static List<DecisionRecord> decisions(Path directory) {
    return contents(directory).records().values().stream()
        .map(SlotContents.Stored::decision)
        .toList();
  }

  /**
   * The open branches that its decisions name, of those that ended on their own or of the others.
   */
  public static List<Xid> branches(Path directory, boolean heuristic) {
    List<Xid> xids = new ArrayList<>();
    for (DecisionRecord decision : decisions(directory)) {
      for (LoggedBranch branch : decision.branches()) {
        if (branch.isHeuristic() == heuristic) {
          HexFormat hex = HexFormat.of();
          xids.add(Xids.of(Xids.FORMAT, decision.gtrid().bytes(), hex.parseHex(branch.bqual())));
        }
      }
    }
    return xids;
  }

  static SlotContents contents(Path directory) {
    try (SlotFile file = look(directory)) {
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
    try (SlotFile file = look(directory)) {
      return SlotPage.read(file.read(slot), slot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes one bit of a slot. */
  public static void flip(Path directory, int slot, int bit) {
    try (SlotFile file = look(directory)) {
      byte[] page = file.read(slot);
      page[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      file.write(slot, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts another content into the slot of its one record, with checksums that cover it. */
  public static void replace(Path directory, byte[] content) {
    SlotContents contents = contents(directory);
    Gtrid gtrid = contents.records().keySet().iterator().next();
    try (SlotFile file = look(directory)) {
      for (int slot = 0; slot < contents.header().slots(); slot++) {
        SlotHeader header = SlotPage.read(file.read(slot), slot).header();
        if (header != null && header.kind() == SlotHeader.Kind.HEAD) {
          long sequence = header.sequence();
          file.write(
              slot,
              SlotPage.of(
                  SlotHeader.of(slot, sequence, 0, 1, content, gtrid, false, header.start()),
                  content));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
