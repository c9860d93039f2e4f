package dev.handfast.xa.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.transaction.TestEngine.Throw;
import dev.handfast.xa.scripted.TestPlatform;
import dev.handfast.xa.scripted.Warnings;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Begin and timeouts when what is beneath refuses, and by a clock of the test. */
final class CoordinatorTest {

  private static final Duration PATIENCE = Duration.ofMillis(50);

  @RegisterExtension final Warnings log = new Warnings();

  private final TestPlatform platform = new TestPlatform();
  private final TestEngine engine = new TestEngine();
  private final Coordinator coordinator =
      new Coordinator(
          engine,
          new BranchLedger(),
          new RunningTransactionSet(),
          Duration.ofMinutes(1),
          PATIENCE,
          decided -> false,
          platform);

  @AfterEach
  void close() {
    coordinator.close();
  }

  static Stream<Arguments> failures() {
    return Stream.of(Throw.BEGIN, Throw.GTRID)
        .flatMap(
            where ->
                Stream.of(
                        new OutOfMemoryError("unable to create native thread"),
                        new NoClassDefFoundError("missing"),
                        new IllegalStateException("refused"))
                    .map(thrown -> Arguments.of(where, thrown)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aBeginThatFailsLeavesNothing(Throw where, Throwable thrown) {
    engine.fail(where, thrown);

    assertThat(catchThrowable(() -> coordinator.begin(null, ""))).isSameAs(thrown);

    assertThat(coordinator.current()).isNull();
    assertThat(coordinator.running()).isEmpty();
    assertThat(coordinator.awaitIdle(Duration.ofMillis(1))).isTrue();
    assertThat(engine.told()).hasSize(where == Throw.GTRID ? 1 : 0).allMatch("discard"::equals);
    engine.fail(Throw.NOTHING, thrown);
    assertThat(coordinator.commit(coordinator.begin(null, "")))
        .isInstanceOf(Completion.Committed.class);
  }

  @Test
  void aRefusedBeginLeavesNothing() {
    coordinator.refuseNew("closed");

    assertThat(catchThrowable(() -> coordinator.begin(null, "")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("closed");

    assertThat(coordinator.current()).isNull();
    assertThat(coordinator.running()).isEmpty();
  }

  @Test
  void oneThatTimesOutWithoutAThreadNeverCommits() {
    platform.refuseThreads("handfast-timeout");
    LiveTransaction live = coordinator.begin(Duration.ofMillis(1), "");
    await().until(live::isEndedFromOutside);

    Completion told = coordinator.commit(live);

    assertThat(told).isInstanceOf(Completion.RolledBack.class);
    assertThat(coordinator.current()).isNull();
    assertThat(engine.told()).isEmpty();
    platform.refuseThreads("none");
    await().until(() -> coordinator.running().isEmpty());
    assertThat(engine.told()).containsExactly("rollback");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 50, 250})
  void strikesAtTheFirstLookAtItsDeadlineAndNotBefore(long millis) {
    long now = platform.nanoTime();
    platform.stopAt(now);
    LiveTransaction live = coordinator.begin(Duration.ofMillis(millis), "");
    coordinator.suspend();
    long end = now + Duration.ofMillis(millis).toNanos();

    lookAt(end - 1);
    assertThat(live.isOpen()).isTrue();
    assertThat(live.isActive()).isTrue();

    lookAt(end);
    await().until(() -> coordinator.running().isEmpty());
    assertThat(live.refusal()).isEqualTo("timed out after " + millis + " ms");
    assertThat(engine.told()).containsOnly("rollback");
  }

  /** And does not turn in a circle while something is open that is due later. */
  @Test
  void looksWhenSomethingIsDueAndSeldomElse() {
    coordinator.begin(Duration.ofMinutes(5), "");
    coordinator.suspend();

    for (int i = 0; i < 1_000; i++) {
      coordinator.commit(coordinator.begin(Duration.ofMinutes(1), ""));
    }
    LiveTransaction brief = coordinator.begin(Duration.ofMillis(300), "");
    coordinator.suspend();
    await().until(() -> !brief.isOpen());

    assertThat(platform.readings("handfast-timeouts")).isLessThan(100);
  }

  /** Others that are over at that moment make the watch look; the second look is a whole one. */
  private void lookAt(long moment) {
    for (int i = 0; i < 2; i++) {
      platform.stopAt(moment - 1);
      LiveTransaction other = coordinator.begin(Duration.ofNanos(1), "");
      coordinator.suspend();
      platform.stopAt(moment);
      await().until(() -> !other.isOpen());
    }
  }
}
