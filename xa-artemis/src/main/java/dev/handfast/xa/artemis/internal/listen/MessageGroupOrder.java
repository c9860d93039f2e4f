package dev.handfast.xa.artemis.internal.listen;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a message group in order where the broker alone cannot: when a receiver loses its
 * connection, the broker gives the next message of the group to another one, although the earlier
 * message may be in doubt and come back. Safe for use by many threads.
 */
final class MessageGroupOrder {

  private final Map<SimpleString, Turn> turns = new ConcurrentHashMap<>();

  /**
   * Begins the turn of a message of the group.
   *
   * @param group null for a message without one, which has its turn at once
   * @return null if an earlier message of the group is not finished
   */
  @Nullable Turn begin(@Nullable SimpleString group) {
    if (group == null) {
      return Turn.FREE;
    }
    Turn turn = new Turn(this, group);
    return turns.putIfAbsent(group, turn) == null ? turn : null;
  }

  /** Returns whether a message of the group is not finished. */
  boolean isTaken(SimpleString group) {
    return turns.containsKey(group);
  }

  /** The turn that a message has from its begin until its branch is finished. */
  static final class Turn {

    private static final Turn FREE = new Turn(null, null);

    private final @Nullable MessageGroupOrder order;
    private final @Nullable SimpleString group;

    private Turn(@Nullable MessageGroupOrder order, @Nullable SimpleString group) {
      this.order = order;
      this.group = group;
    }

    /** Lets the next message of the group begin. A second call does nothing. */
    void end() {
      if (order != null && group != null) {
        order.turns.remove(group, this);
      }
    }
  }
}
