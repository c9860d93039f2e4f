package dev.handfast.xa.internal.log.slot;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts a slot file in order that was read. Every page is written again: what was read may stand in
 * the system's cache alone, if the last force of an earlier process failed, and what recovery acts
 * on must be on disk.
 */
public final class SlotMend {

  /** Something that is written. */
  @FunctionalInterface
  public interface Change {
    void run() throws IOException;
  }

  private SlotMend() {}

  /** Writes and forces, again if an interrupt hid the result. */
  public static void forced(Pages file, Change change) throws IOException {
    do {
      change.run();
    } while (!file.force());
  }

  /** Durable when it returns. Damaged records stay as they are. */
  public static void mend(Pages file, SlotContents contents) throws IOException {
    Set<Integer> empty = new HashSet<>(contents.stale());
    empty.addAll(contents.unreadable());
    forced(
        file,
        () -> {
          for (int slot = 0; slot < contents.header().slots(); slot++) {
            file.write(slot, empty.contains(slot) ? free(slot, contents) : again(file, slot));
          }
          file.cut(contents.header().slots());
        });
  }

  private static byte[] free(int slot, SlotContents contents) {
    return SlotPage.free(slot, contents.nextSequence());
  }

  /** With both copies of its header whole, if its content is. */
  private static byte[] again(Pages file, int slot) throws IOException {
    byte[] bytes = file.read(slot);
    SlotPage page = SlotPage.read(bytes, slot);
    SlotHeader header = page.header();
    return header != null && page.intact() ? SlotPage.of(header, page.data()) : bytes;
  }
}
