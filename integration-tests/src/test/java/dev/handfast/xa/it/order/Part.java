package dev.handfast.xa.it.order;

import java.util.List;

/** What one transaction does, each in the order that belongs to its id. */
enum Part {
  /** Inserts a row into the first database. */
  ORDERS,
  /** Inserts a row into the second database. */
  STOCK,
  /** Sends a message. */
  EVENTS;

  private static final List<List<Part>> BODIES =
      List.of(
          List.of(ORDERS, EVENTS),
          List.of(EVENTS, ORDERS),
          List.of(ORDERS, STOCK, EVENTS),
          List.of(STOCK, ORDERS, EVENTS),
          List.of(ORDERS, EVENTS, STOCK),
          List.of(STOCK, EVENTS, ORDERS),
          List.of(EVENTS, ORDERS, STOCK),
          List.of(EVENTS, STOCK, ORDERS));

  /** The body of a transaction. */
  static List<Part> of(long id) {
    return BODIES.get((int) (id % BODIES.size()));
  }

  /** The next id whose body is a row in the first database and then a message. */
  static long nextOrdersAndEvents(long id) {
    return (id / BODIES.size() + 1) * BODIES.size();
  }
}
