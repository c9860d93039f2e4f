package dev.handfast.xa.artemis;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One broker per class, one opened resource and one queue per test. */
abstract class BrokerFixture {

  static BrokerProcess broker;

  final ManualTransactions context = new ManualTransactions(Duration.ofSeconds(2));
  final String queue = "q-" + UUID.randomUUID();
  BrokerQueues queues;
  ArtemisResourceManager manager;
  ArtemisConnections connections;

  @BeforeAll
  static void startBroker(@TempDir Path directory) {
    broker =
        BrokerProcess.builder(directory).journalBufferTimeout(Duration.ofNanos(100_000)).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void open() {
    if (!broker.isAlive()) {
      broker.restart();
    }
    queues = new BrokerQueues(broker.url());
    open(builder -> builder);
  }

  @AfterEach
  void close() {
    context.leave();
    manager.close();
  }

  /** Opens the resource anew, defined as the test wants it. */
  void open(UnaryOperator<ArtemisResource.Builder> more) {
    ArtemisResource.Builder builder =
        ArtemisResource.named("events").url(broker.url()).callTimeout(Duration.ofSeconds(2));
    openWith(more.apply(builder));
  }

  void openWith(ArtemisResource.Builder builder) {
    if (manager != null) {
      manager.close();
    }
    manager = (ArtemisResourceManager) builder.build().open(context);
    connections = manager.handle();
  }
}
