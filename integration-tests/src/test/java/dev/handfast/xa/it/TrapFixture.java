package dev.handfast.xa.it;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tests of the broker's traps share. Each trap is shown twice: how the client or another
 * pool falls into it, and that Handfast, in the same place, does not.
 */
abstract class TrapFixture {

  static final String FULL = "full";

  @TempDir static Path brokerDirectory;
  static BrokerProcess broker;

  @TempDir Path directory;
  BrokerQueues queues;
  String queue;
  H2World world;

  @BeforeAll
  static void startBroker() {
    broker =
        BrokerProcess.builder(brokerDirectory).addressLimit(FULL, 20_000).journalCanHang().start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void lookAtTheBroker(TestInfo test) {
    if (!broker.isAlive()) {
      broker.restart();
    }
    queue = test.getTestMethod().orElseThrow().getName();
    queues = new BrokerQueues(broker.url());
  }

  @AfterEach
  void everythingIsWholeAfterwards() throws Exception {
    if (world != null) {
      try {
        world.assertNothingInDoubt();
        world.assertPoolsWhole();
      } finally {
        world.close();
      }
    }
  }

  /** A runtime over the broker and two databases. */
  H2World handfast() throws SQLException {
    world = new H2World(directory, broker, queue);
    return world;
  }
}
