package dev.handfast.xa.spi;

import java.util.List;
import java.util.Map;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * One opened resource manager (RM).
 *
 * <p>{@link #handle()} is used by any thread. All other methods that talk to the RM are called by
 * the RM's single recovery worker, one at a time, under the deadline of the runtime; they may block
 * for as long as their own timeouts allow.
 *
 * @param <H> the application's handle
 */
public interface ResourceManager<H> {

  /** The application's handle. The same object at every call; safe for use by many threads. */
  H handle();

  /**
   * The XAResource of recovery: own connection, own credentials, reconnecting, short timeouts. Its
   * error codes are those of the RM, unchanged; where the RM cannot be reached, {@code commit}
   * answers {@code XA_RETRY} and everything else {@code XAER_RMFAIL}. {@code recover} with {@code
   * TMSTARTRSCAN} answers the complete list.
   */
  XAResource recoveryResource();

  /**
   * Who the RM says it is.
   *
   * @throws ResourceUnavailableException if it cannot be reached
   */
  RmIdentity identity() throws ResourceUnavailableException;

  /**
   * Checks what must hold before the first transaction, with the credentials of work and of
   * recovery. An empty list means that nothing was found.
   *
   * @throws ResourceUnavailableException if the RM cannot be reached; wrong credentials are a
   *     finding, not an absence
   */
  List<Finding> preflight() throws ResourceUnavailableException;

  /** Whether the start is refused while the RM cannot be reached. */
  boolean requiredAtStart();

  /**
   * Whether closing a connection loses the branch that it has prepared. If so, the runtime's close
   * waits for such branches before it calls {@link #close()}.
   */
  boolean losesVotesOnClose();

  /** How to tell an operator of the RM without secrets. */
  ResourceDescription description();

  /** The Xid in the form in which the RM's own tools show it. */
  String nativeForm(Xid xid);

  /** The RM's own command that finishes a branch by hand, empty if it has none. */
  default String nativeCommand(Xid xid, boolean commit) {
    return "";
  }

  /**
   * What the RM itself knows of its in-doubt branches; branches that it has nothing to tell of are
   * missing, and a missing one is no evidence of anything.
   *
   * @throws ResourceUnavailableException if it cannot be reached
   */
  default Map<XidKey, BranchDetail> details() throws ResourceUnavailableException {
    return Map.of();
  }

  /** Where work comes in; the same object at every call. */
  default Intake intake() {
    return Intake.NONE;
  }

  /**
   * Closes everything that is safe to close. A connection whose branch has voted and is not
   * finished is left open where closing it would lose the vote, and the log says so. Called once,
   * last; never throws for a connection that is already gone.
   */
  void close();
}
