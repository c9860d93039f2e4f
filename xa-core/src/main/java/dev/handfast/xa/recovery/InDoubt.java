package dev.handfast.xa.recovery;

import java.util.List;
import java.util.Objects;

/**
 * The in-doubt transactions of a node at one moment.
 *
 * @param node the node name
 * @param transactions oldest first; those of which nobody knows the age come last
 * @param unreachable resources that could not be asked: what they hold may be missing here
 */
public record InDoubt(
    String node, List<InDoubtTransaction> transactions, List<String> unreachable) {

  public InDoubt {
    Objects.requireNonNull(node);
    transactions = List.copyOf(transactions);
    unreachable = List.copyOf(unreachable);
  }
}
