package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.handfast.xa.it.LogErrorPoint.Thrown;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.CrashStep;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Something that is no IOException comes out of the log while 16 threads decide: each of them is
 * told, what it is told is true, and the log goes on or has failed.
 */
final class LogErrorIT {

  private static CrashJvm deciders;

  private enum Slow implements CrashStep {
    /** So that threads share a force. */
    FORCE;

    @Override
    public String place() {
      return "CLASS dev.handfast.xa.internal.log.slot.SlotFile\nMETHOD force\nAT ENTRY";
    }

    @Override
    public String rule() {
      return "RULE slow\n" + place() + "\nIF true\nDO delay(3)\nENDRULE\n";
    }
  }

  @BeforeAll
  static void start(@TempDir Path directory) {
    deciders =
        CrashJvm.of(LogErrorMain.class)
            .arguments(directory.toString())
            .steps(Slow.values())
            .steps(LogErrorPoint.values())
            .start(directory.resolve("child"));
  }

  @AfterAll
  static void stop() {
    deciders.close();
  }

  static Stream<Arguments> cases() {
    return Arrays.stream(LogErrorPoint.values())
        .flatMap(
            point ->
                Arrays.stream(Thrown.values())
                    .flatMap(
                        thrown ->
                            Stream.of("1", "5", "always")
                                .map(when -> arguments(point, thrown, when))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyThreadIsToldWhatTheNextStartFinds(LogErrorPoint point, Thrown thrown, String when) {
    deciders.say(point + " " + thrown + " " + when);

    String told = deciders.awaitAnswer();

    assertThat(told).startsWith("untrue 0, ");
    if (when.equals("always")) {
      assertThat(told).containsAnyOf("afterwards [Decided[]]", "has failed");
    } else {
      assertThat(told).startsWith("untrue 0, open 0; afterwards [Decided[]]");
    }
  }
}
