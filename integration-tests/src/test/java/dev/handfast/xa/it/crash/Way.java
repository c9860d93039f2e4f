package dev.handfast.xa.it.crash;

import dev.handfast.xa.testkit.crash.ProtocolStep;
import java.util.List;

/** How the application means its transaction to end, and the steps that it takes on that way. */
enum Way {
  COMMIT,
  COMMIT_IN_ONE_PHASE,
  ROLLBACK;

  /** The steps that are taken once for each branch. */
  List<ProtocolStep> ofEachBranch() {
    return switch (this) {
      case COMMIT ->
          List.of(
              ProtocolStep.AFTER_ENLIST,
              ProtocolStep.AFTER_START,
              ProtocolStep.AFTER_END,
              ProtocolStep.BEFORE_PREPARE,
              ProtocolStep.AFTER_PREPARE,
              ProtocolStep.BEFORE_COMMIT,
              ProtocolStep.AFTER_COMMIT);
      case COMMIT_IN_ONE_PHASE ->
          List.of(
              ProtocolStep.AFTER_ENLIST,
              ProtocolStep.AFTER_START,
              ProtocolStep.AFTER_END,
              ProtocolStep.BEFORE_ONE_PHASE_COMMIT,
              ProtocolStep.AFTER_ONE_PHASE_COMMIT);
      case ROLLBACK -> List.of(ProtocolStep.BEFORE_ROLLBACK, ProtocolStep.AFTER_ROLLBACK);
    };
  }

  /** The steps that are taken once. */
  List<ProtocolStep> ofTheTransaction() {
    return this == COMMIT
        ? List.of(
            ProtocolStep.BEFORE_LOG_FORCE,
            ProtocolStep.AFTER_LOG_FORCE,
            ProtocolStep.BEFORE_LOG_CLEAR,
            ProtocolStep.AFTER_LOG_CLEAR)
        : List.of();
  }

  boolean commits() {
    return this != ROLLBACK;
  }
}
