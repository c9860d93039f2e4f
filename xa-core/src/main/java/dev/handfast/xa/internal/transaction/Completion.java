package dev.handfast.xa.internal.transaction;

import dev.handfast.xa.recovery.BranchOutcome;
import jakarta.transaction.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a transaction ended. */
public sealed interface Completion {

  /** What {@code afterCompletion} is told: one of {@link Status}. */
  int status();

  /** Decided to commit: committed, or being committed by recovery where a resource is away. */
  record Committed() implements Completion {

    @Override
    public int status() {
      return Status.STATUS_COMMITTED;
    }
  }

  /**
   * Rolled back in one piece.
   *
   * @param resource that refused, or null if the application or the timeout did
   * @param reason for a reader
   * @param cause of it, or null
   */
  record RolledBack(@Nullable String resource, String reason, @Nullable Throwable cause)
      implements Completion {

    @Override
    public int status() {
      return Status.STATUS_ROLLEDBACK;
    }
  }

  /**
   * Not in one piece, or unknown.
   *
   * @param kind of the whole
   * @param reason for a reader, or empty if the kind says all
   * @param branches each with what is known of it
   * @param cause the first error of a branch, or null
   */
  record Heuristic(
      Kind kind, String reason, List<BranchOutcome> branches, @Nullable Throwable cause)
      implements Completion {

    @Override
    public int status() {
      return switch (kind) {
        case ROLLBACK -> Status.STATUS_ROLLEDBACK;
        case COMMIT -> Status.STATUS_COMMITTED;
        case MIXED, HAZARD, UNKNOWN -> Status.STATUS_UNKNOWN;
      };
    }
  }

  /** The kinds of {@link Heuristic}, as the API names them. */
  enum Kind {
    MIXED,
    ROLLBACK,
    COMMIT,
    HAZARD,
    UNKNOWN
  }
}
