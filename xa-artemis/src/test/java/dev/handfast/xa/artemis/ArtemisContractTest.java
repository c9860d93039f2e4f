package dev.handfast.xa.artemis;

import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.contract.ServerContract;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class ArtemisContractTest extends ServerContract<ArtemisConnections> {

  @TempDir private static Path directory;
  private static BrokerProcess broker;

  private final String queue = "q-" + UUID.randomUUID();
  private final List<Integer> taken = new ArrayList<>();

  @BeforeAll
  static void start() {
    broker = BrokerProcess.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Override
  protected Resource<ArtemisConnections> resource() {
    return ArtemisResource.named("events").url(broker.url()).callTimeout(CALL_TIMEOUT).build();
  }

  @Override
  protected void work(ArtemisConnections handle, int id) {
    try (JMSContext context = handle.createContext()) {
      context.createProducer().send(context.createQueue(queue), Integer.toString(id));
    }
  }

  @Override
  protected List<Integer> done() {
    new BrokerQueues(broker.url())
        .drainTexts(queue)
        .forEach(text -> taken.add(Integer.valueOf(text)));
    return taken;
  }

  @Override
  protected void killServer() {
    broker.kill();
  }

  @Override
  protected void startServer() {
    broker.restart();
  }

  @Override
  protected void pauseServer() {
    broker.pause();
  }

  @Override
  protected void resumeServer() {
    broker.resume();
  }
}
