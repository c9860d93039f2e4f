package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.TestPlatform;
import dev.handfast.xa.scripted.Warnings;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of day jumps while transactions are open, and new ones begin. */
final class ClockTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final TestPlatform platform = new TestPlatform();
  private final ScriptedRm orders = new ScriptedRm("orders");
  private Handfast handfast;

  @BeforeEach
  void start() {
    handfast =
        ((HandfastBuilder) Nodes.builder(directory, orders).defaultTimeout(Duration.ofMinutes(5)))
            .platform(platform)
            .start();
  }

  @AfterEach
  void close() {
    handfast.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void oneThatWasOpenBeforeStrikesInItsTime(long hours) {
    assertThatThrownBy(
            () ->
                brief()
                    .run(
                        () -> {
                          handfast.resource(orders).work();
                          platform.step(Duration.ofHours(hours));
                          awaitRollback();
                        }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("timed out after 200 ms");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void oneThatBeginsAfterwardsStrikesInItsTime(long hours) {
    platform.step(Duration.ofHours(hours));

    assertThatThrownBy(
            () ->
                brief()
                    .run(
                        () -> {
                          handfast.resource(orders).work();
                          platform.step(Duration.ZERO);
                          awaitRollback();
                        }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("timed out after 200 ms");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void noneStrikesEarly(long hours) throws Exception {
    handfast.run(
        () -> {
          handfast.resource(orders).work();
          platform.step(Duration.ofHours(hours));
          assertThatThrownBy(() -> apart().run(this::workTooLong))
              .isInstanceOf(RolledBackException.class);
          handfast.resource(orders).work();
        });

    assertThat(orders.committed()).hasSize(1);
  }

  /** Its timeout makes the watch look at the other one as well. */
  private void workTooLong() {
    handfast.resource(orders).work();
    awaitRollback();
  }

  private Transacted apart() {
    return handfast.transaction(TxType.REQUIRES_NEW).timeout(Duration.ofMillis(200));
  }

  private Transacted brief() {
    return handfast.transaction(TxType.REQUIRED).timeout(Duration.ofMillis(200));
  }

  private void awaitRollback() {
    await().until(() -> !orders.rolledBack().isEmpty());
  }
}
