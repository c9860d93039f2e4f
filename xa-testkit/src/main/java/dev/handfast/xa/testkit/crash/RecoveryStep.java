package dev.handfast.xa.testkit.crash;

/**
 * The steps of a recovery pass. Each may be taken several times: once for each resource manager,
 * branch or pass. {@code AFTER} means that the call has answered without an exception.
 */
public enum RecoveryStep implements CrashStep {
  /** A resource manager is about to be asked for its branches. */
  BEFORE_SCAN(facade("beginScan", "AT ENTRY")),
  /** A resource manager has listed its branches. */
  AFTER_SCAN(facade("endScan", "AT EXIT")),
  /** The resource managers were listed; a pass is about to work on what they hold. */
  BEFORE_PASS(replay("AT ENTRY")),
  /** A pass is over. */
  AFTER_PASS(replay("AT EXIT")),
  /** A decided branch is about to be committed. */
  BEFORE_RECOVERY_COMMIT(facade("commit", "AT ENTRY")),
  /** A decided branch was committed. */
  AFTER_RECOVERY_COMMIT(facade("commit", "AT EXIT")),
  /** A branch without a decision is about to be rolled back. */
  BEFORE_RECOVERY_ROLLBACK(facade("rollback", "AT ENTRY")),
  /** A branch without a decision was rolled back. */
  AFTER_RECOVERY_ROLLBACK(facade("rollback", "AT EXIT")),
  /** The forced round trip between two NOTA is about to begin. */
  BEFORE_PROBE(facade("probe", "AT ENTRY")),
  /** The forced round trip between two NOTA is over, if one was needed. */
  AFTER_PROBE(facade("probe", "AT EXIT"));

  private final String place;

  RecoveryStep(String place) {
    this.place = place;
  }

  @Override
  public String place() {
    return place;
  }

  private static String facade(String method, String location) {
    return "CLASS dev.handfast.xa.internal.rm.RmFacade\nMETHOD " + method + "\n" + location;
  }

  private static String replay(String location) {
    return "CLASS dev.handfast.xa.internal.pass.Replay\nMETHOD run\n" + location;
  }
}
