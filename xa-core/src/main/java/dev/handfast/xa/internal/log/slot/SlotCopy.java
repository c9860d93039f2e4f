package dev.handfast.xa.internal.log.slot;

import java.io.IOException;

/**
 * Copies into a new file what of a slot file counts. The old file is not written any more: what was
 * read of it may stand in the system's cache alone, if the last force of an earlier process failed
 * or power fails now, and of two copies of a record the older one must not outlive the newer one.
 */
public final class SlotCopy {

  private SlotCopy() {}

  /** Need not be forced yet. Every record keeps its slots, and a damaged one its bytes. */
  public static void write(Pages from, SlotContents contents, Pages to, SlotFileHeader header)
      throws IOException {
    for (int slot = 0; slot < header.slots(); slot++) {
      to.write(
          slot,
          contents.used().contains(slot) ? kept(from, slot, header) : free(slot, contents, header));
    }
    to.writeHeader(header.before());
    to.writeHeader(header);
  }

  private static byte[] free(int slot, SlotContents contents, SlotFileHeader header) {
    return SlotPage.free(slot, contents.nextSequence(), header.start());
  }

  /** With both copies of its header whole, if its content is. */
  private static byte[] kept(Pages from, int slot, SlotFileHeader file) throws IOException {
    byte[] bytes = from.read(slot);
    SlotHeader header = SlotPage.read(bytes, slot).header();
    return header == null ? bytes : SlotPage.under(header.of(file.start()), bytes);
  }
}
