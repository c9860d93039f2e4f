package dev.handfast.xa.recovery;

import java.util.Objects;

/**
 * One branch of a global transaction that is in doubt.
 *
 * @param resource the resource's name
 * @param bqual the branch qualifier in hexadecimal
 * @param state what is known of it
 * @param nativeForm the Xid as the resource manager's own tools show it, empty if the resource is
 *     not configured
 * @param waitsFor what must happen before it ends, for a reader; empty if nothing
 */
public record InDoubtBranch(
    String resource, String bqual, State state, String nativeForm, String waitsFor) {

  public InDoubtBranch {
    Objects.requireNonNull(resource);
    Objects.requireNonNull(bqual);
    Objects.requireNonNull(state);
    Objects.requireNonNull(nativeForm);
    Objects.requireNonNull(waitsFor);
  }

  /** What is known of a branch. */
  public enum State {
    /** Its resource manager lists it: it has voted and waits for the decision. */
    PREPARED,
    /** Its resource manager confirmed that it has ended as decided. */
    FINISHED,
    /** Its resource manager committed it on its own. */
    HEURISTIC_COMMIT,
    /** Its resource manager rolled it back on its own. */
    HEURISTIC_ROLLBACK,
    /** Its resource manager committed a part of it on its own. */
    HEURISTIC_MIXED,
    /** It is gone, and nobody knows how it ended. */
    HEURISTIC_HAZARD,
    /** Its resource manager could not be asked. */
    UNREACHABLE,
    /**
     * Its resource is not configured, or did not list it; the latter says nothing about its
     * outcome.
     */
    UNKNOWN;

    /** The state of a branch that its resource manager ended on its own. */
    public static State of(Heuristic heuristic) {
      return switch (heuristic) {
        case COMMIT -> HEURISTIC_COMMIT;
        case ROLLBACK -> HEURISTIC_ROLLBACK;
        case MIXED -> HEURISTIC_MIXED;
        case HAZARD -> HEURISTIC_HAZARD;
      };
    }

    /** True if the resource manager ended the branch on its own. */
    public boolean isHeuristic() {
      return switch (this) {
        case HEURISTIC_COMMIT, HEURISTIC_ROLLBACK, HEURISTIC_MIXED, HEURISTIC_HAZARD -> true;
        case PREPARED, FINISHED, UNREACHABLE, UNKNOWN -> false;
      };
    }
  }
}
