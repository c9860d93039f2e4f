package dev.handfast.xa.testkit.crash;

/**
 * The steps of a transaction, in the order in which a committed one takes them; each may be taken
 * several times, once for each branch. {@code AFTER} means that the call has answered without an
 * exception.
 */
public enum ProtocolStep implements CrashStep {
  /** A branch was added to the transaction. */
  AFTER_ENLIST("INTERFACE ^dev.handfast.xa.spi.GlobalTransaction\nMETHOD enlist\nAT EXIT"),
  /** A branch was started on its resource manager. */
  AFTER_START(Place.branch("start", "AT EXIT")),
  /** The work of a branch was ended. */
  AFTER_END(Place.branch("end", "AT EXIT")),
  /** A branch is about to be asked for its vote. */
  BEFORE_PREPARE(Place.branch("prepare", "AT ENTRY")),
  /** A branch has voted. */
  AFTER_PREPARE(Place.branch("prepare", "AT EXIT")),
  /** All have voted; the decision is about to be logged. */
  BEFORE_LOG_FORCE(Place.log("write", "AT ENTRY")),
  /** The decision is durable. */
  AFTER_LOG_FORCE(Place.log("write", "AT EXIT")),
  /** A branch is about to be told to commit. */
  BEFORE_COMMIT(Place.branch("commit", "AT ENTRY\nIF !$2")),
  /** A branch has committed. */
  AFTER_COMMIT(Place.branch("commit", "AT EXIT\nIF !$2")),
  /** All have committed; the decision is about to be cleared. */
  BEFORE_LOG_CLEAR(Place.log("remove", "AT ENTRY")),
  /** The decision is cleared. */
  AFTER_LOG_CLEAR(Place.log("remove", "AT EXIT")),
  /** A branch is about to be rolled back. */
  BEFORE_ROLLBACK(Place.branch("rollback", "AT ENTRY")),
  /** A branch was rolled back. */
  AFTER_ROLLBACK(Place.branch("rollback", "AT EXIT")),
  /** The only branch is about to be committed in one phase. */
  BEFORE_ONE_PHASE_COMMIT(Place.branch("commit", "AT ENTRY\nIF $2")),
  /** The only branch was committed in one phase. */
  AFTER_ONE_PHASE_COMMIT(Place.branch("commit", "AT EXIT\nIF $2"));

  private final String place;

  ProtocolStep(String place) {
    this.place = place;
  }

  @Override
  public String place() {
    return place;
  }

  /** Where the runtime does it. */
  private static final class Place {

    private static String branch(String method, String location) {
      return "CLASS dev.handfast.xa.internal.branch.BranchResource\nMETHOD "
          + method
          + "\n"
          + location;
    }

    private static String log(String method, String location) {
      return "INTERFACE ^dev.handfast.xa.internal.log.record.RecordStore\nMETHOD "
          + method
          + "\n"
          + location;
    }
  }
}
