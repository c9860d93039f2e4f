package dev.handfast.xa.internal.log.slot;

import java.util.List;

/** Where one copy of a record stands. Guarded by the lock of its store. */
final class Placement {

  private final List<Integer> slots;
  private final List<byte[]> pages;
  private boolean released;

  /**
   * @param slots in the order of the chunks: the head first
   * @param pages what was written there, or nothing if it was read
   */
  Placement(List<Integer> slots, List<byte[]> pages) {
    this.slots = List.copyOf(slots);
    this.pages = List.copyOf(pages);
  }

  int head() {
    return slots.get(0);
  }

  List<Integer> slots() {
    return slots;
  }

  List<byte[]> pages() {
    return pages;
  }

  boolean isReleased() {
    return released;
  }

  void released() {
    released = true;
  }
}
