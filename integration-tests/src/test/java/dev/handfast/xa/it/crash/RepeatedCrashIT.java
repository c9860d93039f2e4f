package dev.handfast.xa.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.crash.CrashStep;
import dev.handfast.xa.testkit.crash.ProtocolStep;
import dev.handfast.xa.testkit.crash.RecoveryStep;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application is killed again while it recovers, up to five times in a row at each step. */
@TestInstance(Lifecycle.PER_CLASS)
class RepeatedCrashIT {

  private static final int KILLS = 5;
  private static final Shape SHAPE = Shape.TWO_DATABASES_AND_BROKER;

  private CrashStage stage;

  @BeforeAll
  void start(@TempDir Path directory) {
    stage = CrashStage.start(directory);
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  /** Two branches of three are decided and prepared, and one is committed already. */
  @ParameterizedTest
  @MethodSource("stepsOfAReplay")
  void aDecisionIsCarriedOutHoweverOften(CrashStep step) {
    int id = stage.workAndHalt(SHAPE, Way.COMMIT, ProtocolStep.AFTER_COMMIT, 1);

    recoverUnderFire(step);

    assertThat(stage.audit(SHAPE, id)).isEqualTo(SHAPE.resources());
  }

  /** Two branches of three are prepared without a decision. */
  @ParameterizedTest
  @MethodSource("stepsOfARollback")
  void orphansAreRolledBackHoweverOften(CrashStep step) {
    int id = stage.workAndHalt(SHAPE, Way.COMMIT, ProtocolStep.AFTER_PREPARE, 2);

    recoverUnderFire(step);

    assertThat(stage.audit(SHAPE, id)).isEmpty();
  }

  private void recoverUnderFire(CrashStep step) {
    int kills = 0;
    stage.shop.restartAndHaltAt(step, 1);
    while (kills < KILLS && stage.shop.awaitHaltOrAnswer().isEmpty()) {
      kills++;
      if (kills < KILLS) {
        stage.shop.restartAndHaltAt(step, 1);
      }
    }
    assertThat(kills).as("kills at " + step).isPositive();
    stage.shop.restart();
    assertThat(stage.awaitStarted().isNothing()).as("nothing is left").isTrue();
  }

  static Stream<CrashStep> stepsOfAReplay() {
    return Stream.of(
            List.of(ProtocolStep.BEFORE_LOG_CLEAR, ProtocolStep.AFTER_LOG_CLEAR),
            Stream.of(RecoveryStep.values())
                .filter(step -> !stepsOfARollback().toList().contains(step))
                .toList())
        .flatMap(List::stream);
  }

  static Stream<CrashStep> stepsOfARollback() {
    return Stream.of(RecoveryStep.BEFORE_RECOVERY_ROLLBACK, RecoveryStep.AFTER_RECOVERY_ROLLBACK);
  }
}
