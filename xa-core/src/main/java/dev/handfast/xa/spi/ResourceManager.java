package dev.handfast.xa.spi;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * One resource manager (RM) that a runtime has opened.
 *
 * <p>{@link #handle()} is used by any thread. All other methods that talk to the RM are called by
 * the RM's single recovery worker, one at a time, under the deadline of the runtime; they may block
 * for as long as their own timeouts allow.
 *
 * @param <H> the application's handle
 */
public interface ResourceManager<H> {

  /**
   * Returns the application's handle, the same object at every call. It is safe for use by many
   * threads.
   */
  H handle();

  /**
   * Returns the XAResource of recovery. It has a connection and credentials of its own, connects
   * again after a failure, and has short timeouts. Its error codes are those of the RM, unchanged;
   * while the RM cannot be reached, {@code commit} answers {@code XA_RETRY} and everything else
   * {@code XAER_RMFAIL}. {@code recover} with {@code TMSTARTRSCAN} answers the complete list.
   */
  XAResource recoveryResource();

  /**
   * Asks the RM who it is.
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

  /** Tells whether the start is refused while the RM cannot be reached. */
  boolean requiredAtStart();

  /**
   * Tells whether a prepared branch is lost when its connection is closed. If so, the runtime waits
   * for such branches before it calls {@link #close()}.
   */
  boolean losesVotesOnClose();

  /**
   * Returns the rank of the RM in the order of commits, the same at every call. The default is the
   * lowest: the RM waits for nobody, and those of a higher rank wait for it.
   */
  default CommitRank commitRank() {
    return CommitRank.DATABASE;
  }

  /** Returns a description of the RM for an operator, without secrets. */
  ResourceDescription description();

  /** Returns an Xid in the form in which the RM's own tools show it. */
  String nativeForm(Xid xid);

  /** Returns the RM's own command that finishes a branch by hand; empty if the RM has none. */
  default String nativeCommand(Xid xid, boolean commit) {
    return "";
  }

  /**
   * Asks what the RM itself knows of its in-doubt branches. A branch may be missing in the answer,
   * which says nothing about it.
   *
   * @throws ResourceUnavailableException if it cannot be reached
   */
  default Map<XidKey, BranchDetail> details() throws ResourceUnavailableException {
    return Map.of();
  }

  /**
   * Returns in words for an operator why the application's work cannot use the RM, although
   * recovery may reach it; empty as far as is known. Any thread may ask, and the answer comes at
   * once.
   */
  default Optional<String> trouble() {
    return Optional.empty();
  }

  /** Returns the switch of the work that the RM brings in, the same object at every call. */
  default Intake intake() {
    return Intake.NONE;
  }

  /**
   * Closes everything that is safe to close. A connection whose branch has voted and is not
   * finished is left open if closing it would lose the vote, and the log says so. This is called
   * once; only {@link #awaitThreads} follows. It does not throw because of a connection that is
   * already gone.
   */
  void close();

  /**
   * Waits for threads that {@link #close()} has left to end by themselves, as some of a library do,
   * where they keep the class loader from being freed. This is the last call, by the thread that
   * closed the RM: the log is given back, so that nobody but the caller of the close waits, and
   * another runtime may be starting. It is left out while the JVM ends.
   *
   * @param longest how long to wait at most
   */
  default void awaitThreads(Duration longest) {}
}
