package dev.handfast.xa.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses in-doubt transactions: those for which every condition holds. It is an immutable value,
 * and each {@code with…} method returns a changed copy.
 *
 * @param gtrids the global transaction ids in hexadecimal; empty means any
 * @param resources the names of resources, of which a transaction must have a branch on one; empty
 *     means any
 * @param states the states a transaction may be in; empty means any but {@link
 *     InDoubtTransaction.State#FOREIGN}
 * @param olderThan chooses transactions that are in doubt for longer than this and leaves out those
 *     of unknown age; null means any
 * @param limit the greatest number of transactions; the oldest are chosen
 */
public record Filter(
    Set<String> gtrids,
    Set<String> resources,
    Set<InDoubtTransaction.State> states,
    @Nullable Duration olderThan,
    int limit) {

  private static final Pattern HEXADECIMAL = Pattern.compile("([0-9a-f]{2})+");

  public Filter {
    gtrids =
        gtrids.stream()
            .map(gtrid -> gtrid.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    for (String gtrid : gtrids) {
      if (!HEXADECIMAL.matcher(gtrid).matches()) {
        throw new IllegalArgumentException(
            "'"
                + gtrid
                + "' is no global transaction id, which is an even number of hexadecimal digits");
      }
    }
    resources = Set.copyOf(resources);
    states = Set.copyOf(states);
    if (olderThan != null && olderThan.isNegative()) {
      throw new IllegalArgumentException("olderThan must not be negative, but is " + olderThan);
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, but is " + limit);
    }
  }

  /** Chooses every transaction but those of other nodes and other transaction managers. */
  public static Filter all() {
    return new Filter(Set.of(), Set.of(), Set.of(), null, Integer.MAX_VALUE);
  }

  /**
   * Chooses these transactions, given in hexadecimal, also those of other nodes and other
   * transaction managers.
   */
  public static Filter of(String... gtrids) {
    return new Filter(
        Set.of(gtrids),
        Set.of(),
        Set.of(InDoubtTransaction.State.values()),
        null,
        Integer.MAX_VALUE);
  }

  /**
   * Returns a copy that also chooses transactions of other nodes and other transaction managers.
   */
  public Filter withForeign() {
    return withStates(InDoubtTransaction.State.values());
  }

  /** Only transactions in one of these states, in place of those asked for before. */
  public Filter withStates(InDoubtTransaction.State... wanted) {
    return new Filter(gtrids, resources, Set.of(wanted), olderThan, limit);
  }

  /** Only transactions with a branch on this resource, or on one named before. */
  public Filter withResource(String name) {
    Set<String> more = new HashSet<>(resources);
    more.add(name);
    return new Filter(gtrids, more, states, olderThan, limit);
  }

  /** Only transactions that are in doubt for longer than this; one of unknown age is left out. */
  public Filter withOlderThan(Duration age) {
    return new Filter(gtrids, resources, states, age, limit);
  }

  /** At most this many, the oldest ones. */
  public Filter withLimit(int most) {
    return new Filter(gtrids, resources, states, olderThan, most);
  }

  /** Tells whether transactions of other nodes and other transaction managers are chosen. */
  public boolean includesForeign() {
    return states.contains(InDoubtTransaction.State.FOREIGN);
  }

  /** Tells whether a transaction meets every condition but the limit. */
  public boolean matches(InDoubtTransaction transaction, Instant now) {
    return (gtrids.isEmpty() || gtrids.contains(transaction.gtrid()))
        && (resources.isEmpty()
            || transaction.branches().stream()
                .anyMatch(branch -> resources.contains(branch.resource())))
        && (states.isEmpty()
            ? transaction.state() != InDoubtTransaction.State.FOREIGN
            : states.contains(transaction.state()))
        && isOldEnough(transaction.since(), now);
  }

  private boolean isOldEnough(@Nullable Instant since, Instant now) {
    return olderThan == null
        || (since != null && Duration.between(since, now).compareTo(olderThan) > 0);
  }
}
