package dev.handfast.xa.internal.log.slot;

import java.util.List;

/**
 * A record of several copies that is to go. No crash may bring an older copy back, which may say
 * something that was overruled since: the older ones go when the newest is forced, and the newest
 * when they are certainly gone. Guarded by the lock of the store.
 */
final class Removal {

  /** How many forces it takes until no crash brings the record back. */
  static final int FORCES = 3;

  private final Placement newest;
  private final List<Placement> older;
  private final Runnable done;
  private boolean begun;

  /**
   * @param done is told when the newest copy has gone; must not throw
   */
  Removal(Placement newest, List<Placement> older, Runnable done) {
    this.newest = newest;
    this.older = older;
    this.done = done;
  }

  /** The newest copy has gone. */
  void done() {
    done.run();
  }

  Placement newest() {
    return newest;
  }

  List<Placement> older() {
    return older;
  }

  /** Whether the older copies were told to go. */
  boolean isBegun() {
    return begun;
  }

  void begun() {
    begun = true;
  }

  boolean isDue() {
    for (int i = 0; i < older.size(); i++) {
      if (!older.get(i).isGone()) {
        return false;
      }
    }
    return !newest.isReleased();
  }
}
