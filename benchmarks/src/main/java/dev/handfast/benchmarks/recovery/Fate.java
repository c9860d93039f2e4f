package dev.handfast.benchmarks.recovery;

/** What becomes of a transaction before its process dies. */
enum Fate {
  /** Both branches are prepared, and nothing is decided. */
  ORPHAN,
  /** Decided; neither resource manager was told. */
  UNTOLD,
  /** Decided; PostgreSQL committed, and its answer was lost. */
  DONE_BY_POSTGRES,
  /** Decided; the broker committed, and its answer was lost. */
  DONE_BY_BROKER;

  /** Half are orphans; of ten decided ones two are done by one resource manager. */
  static Fate of(int transaction) {
    if (transaction % 2 == 0) {
      return ORPHAN;
    }
    return switch (transaction / 2 % 10) {
      case 3 -> DONE_BY_POSTGRES;
      case 7 -> DONE_BY_BROKER;
      default -> UNTOLD;
    };
  }
}
