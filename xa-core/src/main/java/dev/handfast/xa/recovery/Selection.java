package dev.handfast.xa.recovery;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * Which transactions an order is for. An immutable value.
 *
 * @param filter which
 * @param expected how many there must be, else the order is refused; always given in bulk
 * @param force also where evidence speaks against it
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

  /** The transactions with these ids, in hexadecimal. */
  public static Selection of(String... gtrids) {
    if (gtrids.length == 0) {
      throw new IllegalArgumentException("No transaction is named");
    }
    return new Selection(Filter.of(gtrids), OptionalInt.empty(), false);
  }

  /** All that a filter matches, if they are as many as expected. */
  public static Selection matching(Filter filter, int expected) {
    return new Selection(filter, OptionalInt.of(expected), false);
  }

  /** The same, also where evidence speaks against it; running and foreign ones stay refused. */
  public Selection withForce() {
    return new Selection(filter, expected, true);
  }
}
