package dev.handfast.xa.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrashJvmTest {

  @TempDir Path directory;

  /** Steps of {@link CountingMain}. */
  enum Step implements CrashStep {
    BEFORE_COUNT("CLASS " + CountingMain.class.getName() + "\nMETHOD count\nAT ENTRY"),
    AFTER_SEVEN("CLASS " + CountingMain.class.getName() + "\nMETHOD count\nAT EXIT\nIF $1 == 7"),
    NEVER("CLASS " + CountingMain.class.getName() + "\nMETHOD none\nAT ENTRY");

    private final String place;

    Step(String place) {
      this.place = place;
    }

    @Override
    public String place() {
      return place;
    }
  }

  private CrashJvm.Builder counting() {
    return CrashJvm.of(CountingMain.class).steps(Step.values());
  }

  @Test
  void haltsAtTheNthTimeAndStartsAgain() {
    try (CrashJvm child = counting().haltAt(Step.BEFORE_COUNT, 3).start(directory)) {
      child.say("2");
      assertThat(child.awaitAnswer()).isEqualTo("counted 2");
      child.say("4");
      assertThat(child.awaitHalt()).isEmpty();
      assertThat(child.isAlive()).isFalse();

      child.restart();
      child.say("4");
      assertThat(child.awaitAnswer()).isEqualTo("counted 4");
    }
  }

  @Test
  void isToldWhereToCrashWhileItRuns() {
    try (CrashJvm child = counting().start(directory)) {
      child.haltAt(Step.AFTER_SEVEN, 1);
      child.say("5");
      assertThat(child.awaitAnswer()).isEqualTo("counted 5");
      child.planNothing();
      child.say("8");
      assertThat(child.awaitAnswer()).isEqualTo("counted 8");
      child.haltAt(Step.AFTER_SEVEN, 1);
      child.say("8");
      child.awaitHalt();
    }
  }

  @Test
  void canBeHaltedAgainAndAgain() {
    try (CrashJvm child = counting().haltAt(Step.BEFORE_COUNT, 1).start(directory)) {
      for (int life = 0; life < 3; life++) {
        child.say("1");
        child.awaitHalt();
        child.restartAndHaltAt(Step.BEFORE_COUNT, 1);
      }
      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void tellsAHaltFromAnAnswer() {
    try (CrashJvm child = counting().haltAt(Step.AFTER_SEVEN, 1).start(directory)) {
      child.say("6");
      assertThat(child.awaitHaltOrAnswer()).contains("counted 6");
      child.say("7");
      assertThat(child.awaitHaltOrAnswer()).isEmpty();
    }
  }

  @Test
  void waitsAtAStepUntilItMayGoOn() {
    try (CrashJvm child = counting().start(directory)) {
      child.stopAt(Step.AFTER_SEVEN, 1);
      child.say("7");
      child.awaitStop();
      assertThat(child.isAlive()).isTrue();
      child.goOn();
      assertThat(child.awaitAnswer()).isEqualTo("counted 7");
    }
  }

  @Test
  void aStepThatIsNeverReachedFails() {
    try (CrashJvm child = counting().haltAt(Step.NEVER, 1).start(directory)) {
      child.say("0");
      assertThatThrownBy(child::awaitHalt)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("NEVER")
          .hasMessageContaining("ended with 3")
          .hasMessageContaining("nothing to count");
      assertThat(child.awaitExit()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyProtocolStepIsAWholeRule(ProtocolStep step) {
    assertWhole(step);
  }

  @ParameterizedTest
  @EnumSource
  void everyRecoveryStepIsAWholeRule(RecoveryStep step) {
    assertWhole(step);
  }

  private static void assertWhole(CrashStep step) {
    assertThat(step.rule().lines().map(line -> line.replaceAll(" .*", "")))
        .startsWith("RULE")
        .containsOnlyOnce("METHOD", "AT", "IF", "DO", "ENDRULE")
        .endsWith("ENDRULE");
  }
}
