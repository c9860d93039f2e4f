package dev.handfast.xa.transactional.internal;

import java.util.ArrayList;
import java.util.List;

/** Collects every reason why there is no proxy. */
final class Refusals {

  private final String subject;
  private final List<String> reasons = new ArrayList<>();

  Refusals(Class<?> type, Class<?> target) {
    this.subject =
        "There is no transactional proxy of " + type.getName() + " for a " + target.getName();
  }

  /**
   * Adds one.
   *
   * @param mend after "To solve this, ", without a full stop
   */
  void add(String reason, String mend) {
    addAll(reason + ". To solve this, " + mend + ".");
  }

  /** Adds one that tells the mend already. */
  void addAll(String reason) {
    if (!reasons.contains(reason)) {
      reasons.add(reason);
    }
  }

  boolean isEmpty() {
    return reasons.isEmpty();
  }

  /**
   * @throws IllegalArgumentException if there is a reason; it tells all of them
   */
  void throwIfAny() {
    if (reasons.size() == 1) {
      throw new IllegalArgumentException(subject + ": " + reasons.get(0));
    }
    if (!reasons.isEmpty()) {
      throw new IllegalArgumentException(
          subject + ", for " + reasons.size() + " reasons:\n- " + String.join("\n- ", reasons));
    }
  }
}
