package dev.handfast.xa.recovery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One global transaction with branches in doubt, as the resource managers, the log and the running
 * process tell of it together.
 *
 * @param gtrid the global transaction id in hexadecimal
 * @param uid the transaction manager's own form of it; null if the format is not known
 * @param formatId tells transaction managers apart
 * @param node the node name within the gtrid; null if there is none
 * @param decision what was decided
 * @param state where it stands
 * @param since since when it is in doubt, at the latest; null if nobody knows
 * @param sinceSource who says so; null if nobody does
 * @param actions what may be ordered without force
 * @param branches of it that are known, in the order of their resources' names
 */
public record InDoubtTransaction(
    String gtrid,
    @Nullable String uid,
    int formatId,
    @Nullable String node,
    Decision decision,
    State state,
    @Nullable Instant since,
    @Nullable SinceSource sinceSource,
    Set<Action> actions,
    List<InDoubtBranch> branches) {

  public InDoubtTransaction {
    Objects.requireNonNull(gtrid);
    Objects.requireNonNull(decision);
    Objects.requireNonNull(state);
    actions = java.util.Collections.unmodifiableSet(new TreeSet<>(actions));
    branches = List.copyOf(branches);
  }

  /** Where a transaction stands. */
  public enum State {
    /** It is running in this process; nobody touches it. */
    ACTIVE,
    /** Recovery finishes it, as soon as its resource managers let it. */
    PENDING,
    /** Another node's, or another transaction manager's; never touched. */
    FOREIGN,
    /** What the log could say of it is lost or in doubt itself: it waits for an operator. */
    QUARANTINED,
    /** A resource that the log names is not configured. */
    NOT_CONFIGURED
  }

  /** Who says since when. */
  public enum SinceSource {
    /** The log: when it was decided. */
    LOG,
    /**
     * The resource manager: when the branch was prepared there, by its own word, or else when this
     * process first saw it listed there.
     */
    RM
  }

  /** True if neither recovery nor the application will end it by themselves. */
  public boolean needsAttention() {
    return state == State.QUARANTINED
        || state == State.NOT_CONFIGURED
        || branches.stream().anyMatch(branch -> branch.state().isHeuristic());
  }
}
