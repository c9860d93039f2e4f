package dev.handfast.xa.internal.log.slot;

import java.util.Arrays;

/** Numbers of slots; what was pushed last is taken first. Only {@link #ensureRoom} takes memory. */
final class SlotStack {

  private int[] slots;
  private boolean[] there;
  private int size;

  SlotStack(int room) {
    slots = new int[room];
    there = new boolean[room];
  }

  int size() {
    return size;
  }

  /** Makes sure that so many slots, with numbers below that, can be on the stack at a time. */
  void ensureRoom(int room) {
    if (room > slots.length) {
      boolean[] larger = Arrays.copyOf(there, room);
      slots = Arrays.copyOf(slots, room);
      there = larger;
    }
  }

  /** A slot is on the stack once, whatever is told: else two records would share it. */
  void push(int slot) {
    if (!there[slot]) {
      slots[size] = slot;
      there[slot] = true;
      size++;
    }
  }

  /** Returns the slot that is the n-th to be taken, from 0 on. */
  int peek(int nth) {
    return slots[size - 1 - nth];
  }

  boolean contains(int slot) {
    return there[slot];
  }

  void drop(int count) {
    for (int i = 0; i < count; i++) {
      size--;
      there[slots[size]] = false;
    }
  }
}
