package dev.handfast.xa.it.error;

import dev.handfast.xa.testkit.crash.CrashStep;

/** A place in our own code or the transaction manager's that throws, once {@link DueError} says. */
enum ErrorPoint implements CrashStep {
  BEGUN("internal.narayana.NarayanaTransaction", "begin", At.EXIT),
  LIVE("internal.transaction.LiveTransaction", "<init>", At.EXIT),
  RESERVED("internal.decision.Decisions", "reserve", At.EXIT),
  WRAP("internal.branch.BranchLedger", "wrap", At.ENTRY),
  STARTED("internal.branch.BranchLedger", "started", At.EXIT),
  ENLISTED("internal.transaction.LiveTransaction", "enlisted", At.ENTRY),
  JOINED("jdbc.internal.branch.EnlistedConnection", "<init>", At.EXIT),
  REGISTERED("internal.transaction.ResourceTransaction", "register", At.ENTRY),
  BEFORE("jdbc.internal.branch.EnlistedConnection", "beforeCompletion", At.ENTRY),
  BRANCHES("internal.branch.BranchLedger", "branches", At.ENTRY),
  LEDGER_OVER("internal.branch.BranchLedger", "over", At.ENTRY),
  DECIDE("internal.decision.Decisions", "decide", At.ENTRY),
  DECIDED("internal.decision.Decisions", "decide", At.EXIT),
  CLEAR("internal.decision.Decisions", "clear", At.ENTRY),
  CLEARED("internal.decision.Decisions", "clear", At.EXIT),
  WRITE("internal.narayana.NarayanaStore", "write_committed", At.ENTRY),
  WRITTEN("internal.narayana.NarayanaStore", "write_committed", At.EXIT),
  REMOVE("internal.narayana.NarayanaStore", "remove_committed", At.ENTRY),
  REMOVED("internal.narayana.NarayanaStore", "remove_committed", At.EXIT),
  END(At.ACTION, "End", At.ENTRY),
  ENDED(At.ACTION, "End", At.EXIT),
  ABORT(At.ACTION, "Abort", At.ENTRY),
  ABORTED(At.ACTION, "Abort", At.EXIT),
  RECORD_PREPARE(At.RECORD, "topLevelPrepare", At.ENTRY),
  RECORD_PREPARED(At.RECORD, "topLevelPrepare", At.EXIT),
  RECORD_COMMIT(At.RECORD, "topLevelCommit", At.ENTRY),
  RECORD_COMMITTED(At.RECORD, "topLevelCommit", At.EXIT),
  RECORD_ABORT(At.RECORD, "topLevelAbort", At.ENTRY),
  RECORD_ABORTED(At.RECORD, "topLevelAbort", At.EXIT),
  RECORD_ONE_PHASE(At.RECORD, "topLevelOnePhaseCommit", At.ENTRY),
  RECORD_ONE_PHASED(At.RECORD, "topLevelOnePhaseCommit", At.EXIT),
  TURN("internal.branch.CommitTurn", "take", At.ENTRY),
  BECOME("internal.branch.TrackedBranch", "become", At.ENTRY),
  BECAME("internal.branch.TrackedBranch", "become", At.EXIT),
  WAITED("internal.branch.TrackedBranch", "run", At.ENTRY),
  LIVE_OVER("internal.transaction.LiveTransaction", "over", At.ENTRY),
  VERDICT("internal.transaction.Verdict", "rolledBack", At.ENTRY),
  ENDING("internal.transaction.Ending", "commit", At.EXIT),
  ROLLED_BACK("internal.transaction.Ending", "rollback", At.EXIT),
  AFTER("internal.transaction.Synchronizations", "after", At.ENTRY),
  COMPLETE("jdbc.internal.branch.EnlistedConnection", "complete", At.ENTRY),
  GIVE_BACK("jdbc.internal.branch.EnlistedConnection", "giveBack", At.ENTRY),
  LEAVE("artemis.internal.branch.TransactionSession", "leave", At.ENTRY),
  LOGGED("internal.transaction.LiveTransaction", "logged", At.ENTRY);

  private final String type;
  private final String method;
  private final String location;

  ErrorPoint(String type, String method, String location) {
    this.type = type;
    this.method = method;
    this.location = location;
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
