package dev.handfast.xa.internal.narayana;

import dev.handfast.xa.recovery.BranchOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a transaction ended. */
public sealed interface Completion {

  /** Decided to commit: committed, or being committed by recovery where a resource is away. */
  record Committed() implements Completion {}

  /**
   * Rolled back in one piece.
   *
   * @param resource that refused, or null if the application or the timeout did
   * @param reason for a reader
   * @param cause of it, or null
   */
  record RolledBack(@Nullable String resource, String reason, @Nullable Throwable cause)
      implements Completion {}

  /**
   * Not in one piece, or unknown.
   *
   * @param kind of the whole
   * @param branches each with what is known of it
   * @param cause the first error of a branch, or null
   */
  record Heuristic(Kind kind, List<BranchOutcome> branches, @Nullable Throwable cause)
      implements Completion {}

  /** The kinds of {@link Heuristic}, as the API names them. */
  enum Kind {
    MIXED,
    ROLLBACK,
    COMMIT,
    HAZARD,
    UNKNOWN
  }
}
