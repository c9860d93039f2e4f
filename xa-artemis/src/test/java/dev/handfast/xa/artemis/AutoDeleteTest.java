package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.artemis.internal.listen.ListenerScenario;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.contract.TestXid;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.XAConnection;
import jakarta.jms.XASession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that deletes empty queues takes no account of what prepared branches hold. */
class AutoDeleteTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static BrokerProcess broker;

  private final ManualTransactions context = new ManualTransactions(Duration.ofSeconds(2));
  private final String queue = "q-" + UUID.randomUUID();
  private final BrokerQueues queues = new BrokerQueues(broker.url());
  private ArtemisResourceManager manager;

  @BeforeAll
  static void startBroker(@TempDir Path directory) {
    broker = BrokerProcess.builder(directory).deletesQueues().deadLetterAddress("DLQ").start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void open() {
    manager =
        (ArtemisResourceManager)
            ArtemisResource.named("events").url(broker.url()).build().open(context);
  }

  @AfterEach
  void close() {
    context.leave();
    manager.close();
  }

  private void send(String text) {
    try (JMSContext jms = manager.handle().createContext()) {
      jms.createProducer().send(jms.createQueue(queue), text);
    }
  }

  /** The broker has looked for queues to delete since the branch was prepared. */
  private void useAndLeaveAlone() {
    String other = "other-" + UUID.randomUUID();
    queues.send(other, "x");
    queues.drain(other);
    await().atMost(PATIENCE).until(() -> !queues.names().contains(other));
  }

  @Test
  void aBareSessionLosesWhatItHasPrepared() throws Exception {
    queues.send(queue, "first");
    queues.drain(queue);
    try (var factory = new ActiveMQXAConnectionFactory(broker.url());
        XAConnection connection = factory.createXAConnection();
        XASession session = connection.createXASession()) {
      Queue destination = session.createQueue(queue);
      XAResource resource = session.getXAResource();
      TestXid xid = TestXid.usual();
      resource.start(xid, XAResource.TMNOFLAGS);
      session.createProducer(null).send(destination, session.createTextMessage("lost"));
      resource.end(xid, XAResource.TMSUCCESS);
      assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
      await().atMost(PATIENCE).until(() -> !queues.names().contains(queue));
      resource.commit(xid, false);
    }

    assertThat(queues.drainTexts(queue)).isEmpty();
  }

  @Test
  void aQueueMadeAtTheFirstSendLasts() throws Exception {
    context.committed(() -> send("first"));
    assertThat(queues.drainTexts(queue)).containsExactly("first");

    ManualTransaction transaction = context.begin();
    send("kept");
    transaction.vote();
    useAndLeaveAlone();
    transaction.decide();

    assertThat(queues.drainTexts(queue)).containsExactly("kept");
  }

  @Test
  void aQueueThatWouldBeDeletedIsRefused() {
    queues.send(queue, "first");

    context.begin();

    assertThatThrownBy(() -> send("refused"))
        .isInstanceOf(JMSRuntimeException.class)
        .hasMessageContainingAll(
            "'" + queue + "'", "auto-delete-queues", "handfast.jms.events.allow-auto-delete=true");
  }

  @Test
  void aListenersQueueThatAnOperatorDeletedIsMadeToLastAgain() throws Exception {
    ListenerOptions options = ListenerOptions.defaults().deadLetter("dead-" + queue);
    SimpleString name = SimpleString.of(queue);
    try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.url());
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession();
        Listener listener = manager.handle().listen(queue, options, message -> {})) {
      assertThat(session.queueQuery(name).isAutoDelete()).isFalse();

      ListenerScenario.manage(broker.url(), "broker", "destroyQueue", queue, true);

      await().atMost(PATIENCE).until(() -> session.queueQuery(name).getConsumerCount() == 1);
      assertThat(session.queueQuery(name).isAutoDelete()).isFalse();
      assertThat(listener).isNotNull();
    }
  }

  @Test
  void outsideATransactionItIsUsed() {
    queues.send(queue, "first");
    send("second");

    assertThat(queues.drainTexts(queue)).containsExactly("first", "second");
  }
}
