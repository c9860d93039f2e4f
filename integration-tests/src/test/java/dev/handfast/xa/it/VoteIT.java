package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What happens around the votes: a broker that dies there, a close, recovery passes beside it. */
class VoteIT {

  @TempDir Path directory;
  BrokerProcess broker;
  H2World world;

  @BeforeEach
  void start(TestInfo test) throws SQLException {
    broker = BrokerProcess.start(directory.resolve("broker"));
    world = new H2World(directory, broker, test.getTestMethod().orElseThrow().getName());
  }

  @AfterEach
  void stop() {
    world.close();
    broker.close();
  }

  @Test
  void aFailedPrepareNamesTheResourceAndTheCause() throws Exception {
    RolledBackException outcome =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          world.insert(world.orders(), 1);
                          world.send("one");
                          broker.kill();
                        }));

    assertThat(outcome.resource()).contains("events");
    assertThat(outcome).hasMessageContaining("'events'").hasMessageContaining(outcome.gtrid());
    assertThat(outcome.getCause()).isNotNull();
    assertThat(world.rows("orders")).isEmpty();
    broker.restart();
    assertThat(world.messages()).isEmpty();
    world.handfast().recovery().recover(Duration.ofSeconds(10));
    world.assertNothingInDoubt();
    world.assertPoolsWhole();
  }

  @Test
  void theBrokerDiesAfterItsVoteAndTheApplicationClosesAndStartsAgain() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              world.send("one");
              world.insert(world.orders(), 1);
              world.insert(world.stock(), 2);
              world.hook(broker::kill);
            });

    assertThat(world.handfast().recovery().status().logged()).isEqualTo(1);
    world.close();
    broker.restart();
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).hasSize(1);
    world.start();

    RecoveryReport startup = world.handfast().recovery().status().startup();
    assertThat(startup.committed()).isEqualTo(1);
    assertThat(startup.unresolved()).isZero();
    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.rows("stock")).containsExactly(2);
    assertThat(world.messages()).containsExactly("one");
    world.assertNothingInDoubt();
    world.assertPoolsWhole();
  }

  @Test
  void anotherBrokerUnderTheNameIsRefusedAndTheRightOneIsRecovered() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              world.send("one");
              world.insert(world.orders(), 1);
              world.hook(broker::kill);
            });
    world.close();
    broker.restart();

    try (BrokerProcess other = BrokerProcess.start(directory.resolve("other"))) {
      assertThatThrownBy(() -> startWith(other.url(), true).close())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'events' is another Apache Artemis than before")
          .hasMessageContaining("1 branches that voted")
          .hasMessageContaining("To solve this");
    }
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).hasSize(1);
    try (Handfast right = startWith(broker.url(), true)) {
      assertThat(right.recovery().status().startup().committed()).isEqualTo(1);
    }
    assertThat(world.messages()).containsExactly("one");
    world.start();
    world.assertNothingInDoubt();
  }

  @Test
  void aBrokerThatIsNotRequiredIsRecoveredWhenItComes() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              world.send("one");
              world.insert(world.orders(), 1);
              world.hook(broker::kill);
            });
    world.close();

    try (Handfast without = startWith(broker.url(), false)) {
      RecoveryReport startup = without.recovery().status().startup();
      assertThat(startup.unresolved()).isEqualTo(1);
      assertThat(startup.unreachable()).containsExactly("events");
      broker.restart();
      RecoveryReport later = without.recovery().recover(Duration.ofSeconds(20));
      assertThat(later.committed()).isEqualTo(1);
      assertThat(later.isComplete()).isTrue();
    }
    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.messages()).containsExactly("one");
    world.start();
    world.assertNothingInDoubt();
  }

  private Handfast startWith(String url, boolean required) {
    return Handfast.builder()
        .nodeName("it-1")
        .logStore(LogStore.file(directory.resolve("tx-log")).lockWait(Duration.ZERO))
        .resources(
            world.orders,
            world.stock,
            world.hook,
            ArtemisResource.named("events").url(url).requiredAtStart(required).build())
        .start();
  }

  @Test
  void theBrokerComesBackAndRecoveryFinishesBesideTheRunningApplication() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.send("one");
              world.hook(broker::kill);
            });
    RecoveryReport away = world.handfast().recovery().recover(Duration.ZERO);
    broker.restart();
    RecoveryReport back = world.handfast().recovery().recover(Duration.ofSeconds(10));

    assertThat(away.unresolved()).isEqualTo(1);
    assertThat(back.committed()).isEqualTo(1);
    assertThat(back.unresolved()).isZero();
    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.messages()).containsExactly("one");
    world.assertNothingInDoubt();
    world.assertPoolsWhole();
  }

  @Test
  void aCloseBetweenTheVotesAndTheDecisionWaits() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.send("one");
              world.hook(
                  () -> {
                    Thread closing =
                        new Thread(
                            () -> {
                              world.close();
                              closed.complete(null);
                            });
                    closing.start();
                    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
                  });
            });

    closed.get(30, TimeUnit.SECONDS);
    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.messages()).containsExactly("one");
    world.start();
    world.assertNothingInDoubt();
  }

  @Test
  void aLiveTransactionBetweenItsVotesSurvivesAThousandPasses() throws Exception {
    int[] passes = {0};
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.insert(world.stock(), 1);
              world.send("one");
              world.hook(
                  () -> {
                    for (; passes[0] < 1_000; passes[0]++) {
                      RecoveryReport report = world.handfast().recovery().recover(Duration.ZERO);
                      assertThat(report.rolledBack() + report.committed()).isZero();
                    }
                  });
            });

    assertThat(passes[0]).isEqualTo(1_000);
    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.rows("stock")).containsExactly(1);
    assertThat(world.messages()).containsExactly("one");
    world.assertNothingInDoubt();
  }
}
