package dev.handfast.xa.simulated;

/** What becomes of the operations of a {@link MemoryDisk}. */
@FunctionalInterface
public interface Trouble {

  /** None at all. */
  Trouble NONE = (number, operation) -> Effect.WORKS;

  /** What an operation does. */
  enum Effect {
    WORKS,
    /** It fails and has done nothing. */
    FAILS_BEFORE,
    /** It fails and is done all the same. */
    FAILS_AFTER,
    /** A write fails when the first half is done; any other operation has done nothing. */
    FAILS_HALFWAY,
    /** It has done nothing, and nobody will know: from here on nothing answers. */
    POWER_LOST
  }

  /**
   * Decides on one operation; called by one thread at a time.
   *
   * @param number of the operation, from 0
   * @param operation {@code write}, {@code force}, {@code rename} …
   */
  Effect on(int number, String operation);
}
