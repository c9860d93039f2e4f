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
 * @param note of the adapter's about the branch, at most {@link #LONGEST_NOTE} bytes; empty if it
 *     has none
 */
public record LoggedBranch(
    String resource, String bqual, @Nullable Heuristic heuristic, String note) {

  /** In bytes of UTF-8. */
  public static final int LONGEST_NOTE = 64;

  public LoggedBranch {
    Objects.requireNonNull(resource);
    Objects.requireNonNull(bqual);
    Objects.requireNonNull(note);
  }

  /** A branch without a note. */
  public LoggedBranch(String resource, String bqual, @Nullable Heuristic heuristic) {
    this(resource, bqual, heuristic, "");
  }

  /** A branch that the decision has not reached yet. */
  public LoggedBranch(String resource, String bqual) {
    this(resource, bqual, null, "");
  }

  /** True if its resource manager ended it on its own. */
  public boolean isHeuristic() {
    return heuristic != null;
  }
}
