package dev.handfast.xa.it.error;

import dev.handfast.xa.testkit.crash.CrashStep;
import java.util.List;

/** A place in our own code or the transaction manager's that throws, once {@link DueError} says. */
enum ErrorPoint implements CrashStep {
  BEGUN("internal.narayana.NarayanaTransaction", "begin", At.EXIT, Shape.COMMIT),
  LIVE("internal.transaction.LiveTransaction", "<init>", At.EXIT, Shape.COMMIT),
  RESERVED("internal.decision.Decisions", "reserve", At.EXIT, Shape.COMMIT),
  WRAP("internal.branch.BranchLedger", "wrap", At.ENTRY, Shape.COMMIT),
  STARTED("internal.branch.BranchLedger", "started", At.EXIT, Shape.COMMIT),
  ENLISTED("internal.transaction.LiveTransaction", "enlisted", At.ENTRY, Shape.COMMIT),
  JOINED("jdbc.internal.branch.EnlistedConnection", "<init>", At.EXIT, Shape.COMMIT),
  REGISTERED("internal.transaction.ResourceTransaction", "register", At.ENTRY, Shape.COMMIT),
  BEFORE("jdbc.internal.branch.EnlistedConnection", "beforeCompletion", At.ENTRY, Shape.COMMIT),
  BRANCHES(
      "internal.branch.BranchLedger",
      "branches",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE),
  LEDGER_OVER(
      "internal.branch.BranchLedger",
      "over",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE),
  DECIDE("internal.decision.Decisions", "decide", At.ENTRY, Shape.COMMIT),
  DECIDED("internal.decision.Decisions", "decide", At.EXIT, Shape.COMMIT),
  CLEAR("internal.decision.Decisions", "clear", At.ENTRY, Shape.COMMIT),
  CLEARED("internal.decision.Decisions", "clear", At.EXIT, Shape.COMMIT),
  WRITE("internal.narayana.NarayanaStore", "write_committed", At.ENTRY, Shape.COMMIT),
  WRITTEN("internal.narayana.NarayanaStore", "write_committed", At.EXIT, Shape.COMMIT),
  REMOVE("internal.narayana.NarayanaStore", "remove_committed", At.ENTRY, Shape.COMMIT),
  REMOVED("internal.narayana.NarayanaStore", "remove_committed", At.EXIT, Shape.COMMIT),
  END(At.ACTION, "End", At.ENTRY, Shape.COMMIT, Shape.ONE_PHASE),
  ENDED(At.ACTION, "End", At.EXIT, Shape.COMMIT, Shape.ONE_PHASE),
  ABORT(At.ACTION, "Abort", At.ENTRY, Shape.ROLLBACK),
  ABORTED(At.ACTION, "Abort", At.EXIT, Shape.ROLLBACK),
  RECORD_PREPARE(At.RECORD, "topLevelPrepare", At.ENTRY, Shape.COMMIT),
  RECORD_PREPARED(At.RECORD, "topLevelPrepare", At.EXIT, Shape.COMMIT),
  RECORD_COMMIT(At.RECORD, "topLevelCommit", At.ENTRY, Shape.COMMIT),
  RECORD_COMMITTED(At.RECORD, "topLevelCommit", At.EXIT, Shape.COMMIT),
  RECORD_ABORT(At.RECORD, "topLevelAbort", At.ENTRY, Shape.ROLLBACK),
  RECORD_ABORTED(At.RECORD, "topLevelAbort", At.EXIT, Shape.ROLLBACK),
  ONE_PHASE(At.ACTION, "onePhaseCommit", At.ENTRY, Shape.ONE_PHASE),
  ONE_PHASED(At.ACTION, "onePhaseCommit", At.EXIT, Shape.ONE_PHASE),
  TURN("internal.branch.CommitTurn", "take", At.ENTRY, Shape.COMMIT),
  BECOME(
      "internal.branch.TrackedBranch",
      "become",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE),
  BECAME(
      "internal.branch.TrackedBranch",
      "become",
      At.EXIT,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE),
  WAITED(
      "internal.branch.TrackedBranch",
      "run",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE),
  LIVE_OVER(
      "internal.transaction.LiveTransaction",
      "over",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE),
  VERDICT("internal.transaction.Verdict", "rolledBack", At.ENTRY, Shape.ROLLBACK),
  ENDING("internal.transaction.Ending", "commit", At.EXIT, Shape.COMMIT, Shape.ONE_PHASE),
  ROLLED_BACK("internal.transaction.Ending", "rollback", At.EXIT, Shape.ROLLBACK),
  AFTER(
      "internal.transaction.Synchronizations",
      "after",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE),
  COMPLETE(
      "jdbc.internal.branch.EnlistedConnection",
      "complete",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE),
  GIVE_BACK(
      "jdbc.internal.branch.EnlistedConnection",
      "giveBack",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE),
  LEAVE(
      "artemis.internal.branch.TransactionSession",
      "leave",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK),
  LOGGED(
      "internal.transaction.LiveTransaction",
      "logged",
      At.ENTRY,
      Shape.COMMIT,
      Shape.ROLLBACK,
      Shape.ONE_PHASE);

  private final String type;
  private final String method;
  private final String location;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Shape> shapes;

  /**
   * @param shapes of the transactions that come by
   */
  ErrorPoint(String type, String method, String location, Shape... shapes) {
    this.type = type;
    this.method = method;
    this.location = location;
    this.shapes = List.of(shapes);
  }

  List<Shape> shapes() {
    return shapes;
  }

  /** What places are made of. */
  private static final class At {
    static final String ENTRY = "ENTRY";
    static final String EXIT = "EXIT";
    static final String ACTION = "com.arjuna.ats.arjuna.coordinator.BasicAction";
    static final String RECORD =
        "com.arjuna.ats.internal.jta.resources.arjunacore.XAResourceRecord";
  }

  @Override
  public String place() {
    String name = type.startsWith("com.") ? type : "dev.handfast.xa." + type;
    return "CLASS " + name + "\nMETHOD " + method + "\nAT " + location;
  }

  @Override
  public String rule() {
    return "RULE %s%n%s%nIF %s.isNow(\"%s\")%nDO throw new OutOfMemoryError(\"injected\")%nENDRULE%n"
        .formatted(name(), place(), DueError.class.getName(), name());
  }
}
