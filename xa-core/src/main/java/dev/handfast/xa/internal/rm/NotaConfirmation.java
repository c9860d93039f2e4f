package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.XidKey;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Finds out what it means that a resource manager does not know a branch (NOTA). Nothing counts
 * without a complete list that was taken afterwards and does not name the branch: MariaDB answers
 * NOTA for a branch whose session lives, and lists it. Artemis takes a branch off its list before
 * the commit is forced, and has it prepared again if it is killed in between; so a decided branch
 * is finished when this was found a second time, after a round trip that made the resource manager
 * force its journal (docs/architecture.md). Safe for use by many threads.
 */
final class NotaConfirmation {

  /** What a branch was told when it was answered NOTA. */
  enum Told {
    COMMIT,
    ROLLBACK
  }

  /** Who was answered NOTA since the last list. */
  private final Map<XidKey, Told> answered = new ConcurrentHashMap<>();

  /** Each decided branch that was found absent, and whether a round trip was forced since. */
  private final Map<XidKey, Boolean> absent = new ConcurrentHashMap<>();

  /**
   * What a list says of those that were answered NOTA before it was taken.
   *
   * @param held it names them: they are prepared, and a session of the resource manager has them
   * @param committed decided, and absent twice with a forced round trip in between
   * @param gone never decided, and absent
   */
  record Findings(Set<XidKey> held, Set<XidKey> committed, Set<XidKey> gone) {}

  /** NOTA was heard, which means nothing yet. */
  void heard(XidKey branch, Told told) {
    answered.put(branch, told);
  }

  /** Whether a list is needed that is taken from now on. */
  boolean awaitsList() {
    return !answered.isEmpty();
  }

  /** A complete list came, which was asked for after every NOTA so far. */
  Findings listed(Set<XidKey> listed) {
    Findings found = new Findings(new HashSet<>(), new HashSet<>(), new HashSet<>());
    answered.forEach(
        (branch, told) -> {
          boolean forced = Boolean.TRUE.equals(absent.remove(branch));
          if (listed.contains(branch)) {
            found.held.add(branch);
          } else if (told == Told.ROLLBACK) {
            found.gone.add(branch);
          } else if (forced) {
            found.committed.add(branch);
          } else {
            absent.put(branch, false);
          }
        });
    answered.clear();
    return found;
  }

  /** Whether a branch waits for a forced round trip. */
  boolean isNeeded() {
    return absent.containsValue(false);
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
      absent.replaceAll((branch, forced) -> true);
      return true;
    }
    absent.clear();
    return false;
  }

  /** A branch came to its end. */
  void forget(XidKey branch) {
    answered.remove(branch);
    absent.remove(branch);
  }

  /** The resource manager was lost: what it answered before counts no more. */
  void clear() {
    answered.clear();
    absent.clear();
  }
}
