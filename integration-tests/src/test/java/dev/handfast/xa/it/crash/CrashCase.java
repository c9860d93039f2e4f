package dev.handfast.xa.it.crash;

import dev.handfast.xa.testkit.crash.ProtocolStep;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One cell of the matrix.
 *
 * @param nth the step is taken once for each branch; this is the one that counts
 */
record CrashCase(CrashVictim victim, Shape shape, Way way, ProtocolStep step, int nth) {

  private static final Set<ProtocolStep> DECIDED =
      EnumSet.of(
          ProtocolStep.AFTER_LOG_FORCE,
          ProtocolStep.BEFORE_COMMIT,
          ProtocolStep.AFTER_COMMIT,
          ProtocolStep.BEFORE_LOG_CLEAR,
          ProtocolStep.AFTER_LOG_CLEAR,
          ProtocolStep.AFTER_ONE_PHASE_COMMIT);

  /** The whole matrix of one victim. */
  static List<CrashCase> of(CrashVictim victim) {
    List<CrashCase> cases = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      if (victim.takesPartIn(shape)) {
        cases.addAll(of(victim, shape, shape.isLone() ? Way.COMMIT_IN_ONE_PHASE : Way.COMMIT));
        cases.addAll(of(victim, shape, Way.ROLLBACK));
      }
    }
    return cases;
  }

  private static List<CrashCase> of(CrashVictim victim, Shape shape, Way way) {
    List<CrashCase> cases = new ArrayList<>();
    for (ProtocolStep step : way.ofEachBranch()) {
      for (int nth = 1; nth <= shape.resources().size(); nth++) {
        cases.add(new CrashCase(victim, shape, way, step, nth));
      }
    }
    for (ProtocolStep step : way.ofTheTransaction()) {
      cases.add(new CrashCase(victim, shape, way, step, 1));
    }
    return cases;
  }

  /** Whether the decision to commit was durable when the step was reached. */
  boolean isDecided() {
    return DECIDED.contains(step);
  }

  /** A one-phase commit without an answer: the runtime itself cannot know what became of it. */
  boolean mayBeUnknown() {
    return victim != CrashVictim.APPLICATION
        && way == Way.COMMIT_IN_ONE_PHASE
        && (step == ProtocolStep.AFTER_END || step == ProtocolStep.BEFORE_ONE_PHASE_COMMIT);
  }

  @Override
  public String toString() {
    return String.join(
            ", ", victim.toString(), step.toString(), nth + ".", shape.toString(), way.toString())
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ');
  }
}
