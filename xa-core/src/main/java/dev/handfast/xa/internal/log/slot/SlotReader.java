package dev.handfast.xa.internal.log.slot;

import java.io.IOException;
import java.util.Arrays;

/**
 * Reads slots one after the other, many at a time. A page that cannot be read costs no other. To be
 * used by one thread, while nobody writes.
 */
final class SlotReader {

  /** How many slots are read, or written, at a time. */
  static final int RUN = 64;

  private static final byte[] NOTHING = {};

  private final Pages file;
  private byte[] run = NOTHING;
  private int first;

  /** Up to this slot a run could not be read. */
  private int oneByOne;

  SlotReader(Pages file) {
    this.file = file;
  }

  byte[] read(int slot) throws IOException {
    if (!holds(slot)) {
      fill(slot);
    }
    int at = (slot - first) * SlotPage.SIZE;
    return holds(slot) ? Arrays.copyOfRange(run, at, at + SlotPage.SIZE) : file.read(slot);
  }

  private boolean holds(int slot) {
    return slot >= first && slot < first + run.length / SlotPage.SIZE;
  }

  private void fill(int slot) {
    if (slot < oneByOne) {
      return;
    }
    try {
      first = slot;
      run = file.readRun(slot, RUN);
    } catch (IOException e) {
      run = NOTHING;
      oneByOne = slot + RUN;
    }
  }
}
