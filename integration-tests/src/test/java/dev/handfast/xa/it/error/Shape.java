package dev.handfast.xa.it.error;

/** What a transaction is made of, and how its body ends. */
enum Shape {
  /** Two databases and the broker. */
  COMMIT,
  /** As {@link #COMMIT}, and the body throws. */
  ROLLBACK,
  /** One database alone. */
  ONE_PHASE
}
