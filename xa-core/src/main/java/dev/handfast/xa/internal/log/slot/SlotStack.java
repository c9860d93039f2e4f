package dev.handfast.xa.internal.log.slot;

import java.util.Arrays;

/** Numbers of slots; what was pushed last is taken first. Only {@link #ensureRoom} takes memory. */
final class SlotStack {

  private int[] slots;
  private int size;

  SlotStack(int room) {
    slots = new int[room];
  }

  int size() {
    return size;
  }

  /** Makes sure that so many slots can be on the stack at a time. */
  void ensureRoom(int room) {
    if (room > slots.length) {
      slots = Arrays.copyOf(slots, room);
    }
  }

  int room() {
    return slots.length;
  }

  void push(int slot) {
    slots[size] = slot;
    size++;
  }

  /** Returns the slot that is the n-th to be taken, from 0 on. */
  int peek(int nth) {
    return slots[size - 1 - nth];
  }

  void drop(int count) {
    size -= count;
  }
}
