package dev.handfast.examples.orders.audit;

import java.util.List;

/**
 * What a queue holds.
 *
 * @param messages in the order in which a consumer would get them
 * @param counted messages by the broker's own count, in which those count too that are in doubt
 */
record QueueState<T>(List<T> messages, long counted) {

  QueueState {
    messages = List.copyOf(messages);
  }
}
