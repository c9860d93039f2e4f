package dev.handfast.examples.orders.audit;

import org.jspecify.annotations.Nullable;

/**
 * A message as it was found in the queue.
 *
 * @param number the invoice it says it is of
 * @param entry what its text says, or null if that cannot be read
 * @param group its message group, or null
 */
record Event(
    String number,
    @Nullable Entry entry,
    int priority,
    @Nullable String group,
    boolean persistent) {

  /** An urgent message overtakes a normal one of its group. */
  boolean isUrgent() {
    return priority > 4;
  }
}
