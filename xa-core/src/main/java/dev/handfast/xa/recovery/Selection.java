package dev.handfast.xa.recovery;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * Selects the transactions that an order is for. It is an immutable value.
 *
 * @param filter chooses the transactions
 * @param expected the number of transactions that the filter must match, else the order is refused;
 *     it may be left out only if the filter names gtrids
 * @param force whether the order is carried out although evidence speaks against it
 */
public record Selection(Filter filter, OptionalInt expected, boolean force) {

  public Selection {
    Objects.requireNonNull(filter);
    if (filter.gtrids().isEmpty() && expected.isEmpty()) {
      throw new IllegalArgumentException(
          "An order in bulk needs the expected number of transactions. To solve this, look first,"
              + " then order with that number.");
    }
  }

  /** Selects the transactions with these global transaction ids, in hexadecimal. */
  public static Selection of(String... gtrids) {
    if (gtrids.length == 0) {
      throw new IllegalArgumentException("No transaction is named");
    }
    return new Selection(Filter.of(gtrids), OptionalInt.empty(), false);
  }

  /**
   * Selects all transactions that a filter matches; the order is refused if they are not as many as
   * expected.
   */
  public static Selection matching(Filter filter, int expected) {
    return new Selection(filter, OptionalInt.of(expected), false);
  }

  /**
   * Returns a copy with force: the order is carried out although evidence speaks against it.
   * Running and foreign transactions stay refused.
   */
  public Selection withForce() {
    return new Selection(filter, expected, true);
  }
}
