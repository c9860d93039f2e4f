package dev.handfast.xa.internal.log.record;

import dev.handfast.xa.recovery.Heuristic;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One branch that a decision names.
 *
 * @param resource the resource's name
 * @param bqual the branch qualifier in hexadecimal
 * @param heuristic how its resource manager ended it on its own, so that only an operator can
 *     strike it off; null if it did not
 */
public record LoggedBranch(String resource, String bqual, @Nullable Heuristic heuristic) {

  public LoggedBranch {
    Objects.requireNonNull(resource);
    Objects.requireNonNull(bqual);
  }

  /** A branch that the decision has not reached yet. */
  public LoggedBranch(String resource, String bqual) {
    this(resource, bqual, null);
  }

  /** True if its resource manager ended it on its own. */
  public boolean isHeuristic() {
    return heuristic != null;
  }
}
