package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.transaction.xa.XAResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerCloseTest {

  private final ManualTransactions context = new ManualTransactions(Duration.ofSeconds(2));

  @Test
  void afterCloseNoThreadIsLeftNotEvenOfLostConnections(@TempDir Path directory) throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(directory)) {
      Set<Thread> before = threads();
      ArtemisResourceManager manager =
          (ArtemisResourceManager)
              ArtemisResource.named("events").url(broker.url()).build().open(context);
      work(manager);
      broker.kill();
      broker.restart();
      work(manager);
      JMSContext leftOpen = manager.handle().createContext();
      leftOpen.createConsumer(leftOpen.createQueue("q"));
      manager.close();

      // Netty's own helper of all its users ends a second after its last use.
      Awaitility.await()
          .pollInSameThread()
          .untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
    }
  }

  private void work(ArtemisResourceManager manager) throws Exception {
    manager.preflight();
    manager.recoveryResource().recover(XAResource.TMSTARTRSCAN);
    context.committed(() -> send(manager));
    send(manager);
  }

  private static void send(ArtemisResourceManager manager) {
    try (JMSContext jms = manager.handle().createContext()) {
      jms.createProducer().send(jms.createQueue("q"), "a");
    }
  }

  private static Set<Thread> newThreads(Set<Thread> before) {
    Set<Thread> threads = threads();
    threads.removeAll(before);
    return threads;
  }

  private static Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(
        thread ->
            thread.getName().startsWith("process reaper") || thread.getName().contains("ForkJoin"));
    return threads;
  }
}
