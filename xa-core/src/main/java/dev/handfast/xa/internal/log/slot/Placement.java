package dev.handfast.xa.internal.log.slot;

import java.util.List;

/** Where one copy of a record stands. Guarded by the lock of its store. */
final class Placement {

  private final List<Integer> slots;
  private final List<byte[]> pages;
  private State state = State.WRITTEN;

  private enum State {
    WRITTEN,
    /** Its head is marked as free; after a crash it may be there all the same. */
    RELEASED,
    /** No crash brings it back. */
    GONE
  }

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
    return state != State.WRITTEN;
  }

  void released() {
    state = State.RELEASED;
  }

  /** Whether it is certain that no crash brings it back. */
  boolean isGone() {
    return state == State.GONE;
  }

  void gone() {
    state = State.GONE;
  }
}
