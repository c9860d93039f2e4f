package dev.handfast.examples.orders.audit;

import org.jspecify.annotations.Nullable;

/**
 * A notification as it was found in its queue.
 *
 * @param event the id of the message that it says led to it
 * @param shipment the id of the shipment that it tells of, or -1 if it tells of none
 * @param number the invoice it says it is of
 * @param entry what the event carried, or null if that cannot be read
 * @param group its message group, or null
 */
record Notification(
    String event,
    long shipment,
    String number,
    @Nullable Entry entry,
    int priority,
    @Nullable String group,
    boolean persistent) {

  boolean isUrgent() {
    return priority > 4;
  }
}
