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
 * @param formatId the format id of its Xids, which differs between transaction managers
 * @param node the node name within the gtrid; null if there is none
 * @param decision what was decided
 * @param state where it stands
 * @param since the time since which it is in doubt, perhaps longer; null if nobody knows
 * @param sinceSource who told that time; null if nobody did
 * @param actions the orders that need no force
 * @param branches those of its branches that are known, in the order of their resources' names
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
    /** It is another node's, or another transaction manager's; it is never touched. */
    FOREIGN,
    /** What the log says of it is lost or cannot be believed: it waits for an operator. */
    QUARANTINED,
    /** A resource that the log names is not configured. */
    NOT_CONFIGURED
  }

  /** Who told since when a transaction is in doubt. */
  public enum SinceSource {
    /** The log told when it was decided. */
    LOG,
    /**
     * The resource manager told when the branch was prepared there; or else it is the time at which
     * this process first saw the branch on its list.
     */
    RM
  }

  /** Returns true if neither recovery nor the application will end it, so that an operator must. */
  public boolean needsAttention() {
    return state == State.QUARANTINED
        || state == State.NOT_CONFIGURED
        || branches.stream().anyMatch(branch -> branch.state().isHeuristic());
  }
}
