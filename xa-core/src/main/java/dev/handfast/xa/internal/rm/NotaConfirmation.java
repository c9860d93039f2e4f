package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.XidKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Confirms that a resource manager does not know a decided branch (NOTA) because it has finished
 * it. Artemis takes a branch off its list before the commit is forced, and has it prepared again if
 * it is killed in between; so NOTA is believed when it is heard a second time, after a round trip
 * that made the resource manager force its journal (docs/architecture.md). Safe for use by many
 * threads.
 */
final class NotaConfirmation {

  /** Each branch that was answered NOTA, and whether a round trip was forced since. */
  private final Map<XidKey, Boolean> heard = new ConcurrentHashMap<>();

  /** NOTA was heard; true if it may be believed. */
  boolean isBelieved(XidKey branch) {
    if (Boolean.TRUE.equals(heard.remove(branch))) {
      return true;
    }
    heard.put(branch, false);
    return false;
  }

  /** Whether a branch waits for a forced round trip. */
  boolean isNeeded() {
    return heard.containsValue(false);
  }

  /**
   * Forces the round trip.
   *
   * @param roundTrip prepares a branch and rolls it back, on the very resource manager that
   *     answered NOTA; false if it could not
   * @return whether another pass may now believe what the last one heard
   */
  boolean force(BooleanSupplier roundTrip) {
    if (roundTrip.getAsBoolean()) {
      heard.replaceAll((branch, forced) -> true);
      return true;
    }
    heard.clear();
    return false;
  }

  /** A branch came to its end. */
  void forget(XidKey branch) {
    heard.remove(branch);
  }

  /** The resource manager was lost: what it answered before counts no more. */
  void clear() {
    heard.clear();
  }
}
