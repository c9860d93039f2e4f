package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The force of a decision fails, with all resource managers there or one of them down, and the
 * process is killed afterwards. Narayana alone rolls one branch back and commits the other one
 * later (docs/decisions.md, "A failed force is withdrawn").
 */
final class LogFailureIT {

  @TempDir static Path servers;
  static BrokerProcess broker;

  @TempDir Path directory;
  private String queue;

  @BeforeAll
  static void startBroker() {
    broker = BrokerProcess.start(servers.resolve("broker"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void makeTables(TestInfo test) throws Exception {
    queue = test.getTestMethod().orElseThrow().getName();
    new H2World(directory, broker, queue).close();
  }

  private CrashJvm start() {
    CrashJvm shop =
        CrashJvm.of(LogFailureMain.class)
            .arguments(directory.toString(), broker.url(), queue)
            .steps(ForceFailure.values())
            .start(directory.resolve("shop"));
    assertThat(shop.awaitAnswer()).isEqualTo("started");
    return shop;
  }

  private static void order(CrashJvm shop, String failure, int id) {
    shop.say(failure);
    shop.say(String.valueOf(id));
    assertThat(shop.awaitAnswer()).isEqualTo("voted");
  }

  private static String outcome(CrashJvm shop) {
    shop.say("go on");
    return shop.awaitAnswer();
  }

  @Test
  void aForceThatFailsOnceIsARollbackThatSaysSo() throws Exception {
    try (CrashJvm shop = start()) {
      order(shop, "ONCE", 1);
      assertThat(outcome(shop))
          .startsWith("rolled back")
          .contains("its decision could not be logged", "slots");
      order(shop, "never", 2);
      assertThat(outcome(shop)).isEqualTo("committed");
    }

    assertThatAfterARestartThereIs(2);
  }

  @Test
  void aForceThatKeepsFailingLeavesTheOutcomeOpen() throws Exception {
    try (CrashJvm shop = start()) {
      order(shop, "ALWAYS", 1);
      assertThat(outcome(shop)).isEqualTo("heuristic: UNKNOWN");
      assertThat(new BrokerQueues(broker.url()).preparedBranches()).as("left as it is").hasSize(1);
      shop.say("never");
      shop.say("2");
      assertThat(shop.awaitAnswer()).startsWith("refused").contains("could not be withdrawn");
    }

    assertThatAfterARestartThereIs();
  }

  @Test
  void anInterruptWithinTheForceIsKeptAndHarmsNothing() throws Exception {
    try (CrashJvm shop = start()) {
      order(shop, "INTERRUPTED", 1);
      assertThat(outcome(shop)).isEqualTo("committed, interrupted");
      order(shop, "never", 2);
      assertThat(outcome(shop)).isEqualTo("committed");
    }

    assertThatAfterARestartThereIs(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ONCE", "ALWAYS"})
  void oneResourceManagerIsDownAndTheProcessIsKilled(String failure) throws Exception {
    try (CrashJvm shop = start()) {
      order(shop, failure, 1);
      broker.kill();
      assertThat(outcome(shop)).doesNotContain("committed");
    }
    broker.restart();

    assertThatAfterARestartThereIs();
  }

  private void assertThatAfterARestartThereIs(Integer... ids) throws Exception {
    try (H2World world = new H2World(directory, broker, queue)) {
      assertThat(world.rows("orders")).containsExactly(ids);
      assertThat(world.messages()).isEqualTo(List.of(ids).stream().map(String::valueOf).toList());
      world.assertNothingInDoubt();
    }
  }
}
