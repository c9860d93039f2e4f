package dev.handfast.xa.internal.log.slot;

import java.io.IOException;

/**
 * Copies into a new file what of a slot file counts. The old file is not written any more: what was
 * read of it may stand in the system's cache alone, if the last force of an earlier process failed
 * or power fails now, and of two copies of a record the older one must not outlive the newer one.
 */
public final class SlotCopy {

  private final SlotReader reader;
  private final SlotContents contents;
  private final SlotFileHeader header;

  private SlotCopy(Pages from, SlotContents contents, SlotFileHeader header) {
    this.reader = new SlotReader(from);
    this.contents = contents;
    this.header = header;
  }

  /** Need not be forced yet. Every record keeps its slots, and a damaged one its bytes. */
  public static void write(Pages from, SlotContents contents, Pages to, SlotFileHeader header)
      throws IOException {
    SlotCopy copy = new SlotCopy(from, contents, header);
    for (int first = 0; first < header.slots(); first += SlotReader.RUN) {
      to.writeRun(first, copy.run(first, Math.min(SlotReader.RUN, header.slots() - first)));
    }
    to.writeHeader(header.before());
    to.writeHeader(header);
  }

  private byte[] run(int first, int count) throws IOException {
    byte[] pages = new byte[count * SlotPage.SIZE];
    for (int i = 0; i < count; i++) {
      int slot = first + i;
      byte[] page = contents.used().contains(slot) ? kept(slot) : free(slot);
      System.arraycopy(page, 0, pages, i * SlotPage.SIZE, SlotPage.SIZE);
    }
    return pages;
  }

  private byte[] free(int slot) {
    return SlotPage.free(slot, contents.nextSequence(), header.start());
  }

  /** With both copies of its header whole. */
  private byte[] kept(int slot) throws IOException {
    byte[] bytes = reader.read(slot);
    SlotHeader found = SlotPage.read(bytes, slot).header();
    if (found == null) {
      return bytes;
    }
    SlotHeader next = found.of(header.start());
    boolean disbelieved = contents.disbelieved().contains(slot);
    return SlotPage.under(disbelieved ? next.asDisbelieved() : next, bytes);
  }
}
