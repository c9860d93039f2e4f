package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import jakarta.jms.Connection;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A runtime with one broker, which is a real process, and queues of this test alone. */
public abstract class ListenerScenario {

  static final Duration PATIENCE = Duration.ofSeconds(90);
  static BrokerProcess broker;

  final String queue = "in-" + UUID.randomUUID();
  final String answers = "out-" + UUID.randomUUID();
  final String dead = "dead-" + UUID.randomUUID();
  final ListenerOptions options = ListenerOptions.defaults().deadLetter(dead);
  BrokerQueues queues;
  Handfast handfast;
  ArtemisConnections events;

  @TempDir Path directory;

  @BeforeAll
  static void startBroker(@TempDir Path directory) {
    broker =
        BrokerProcess.builder(directory)
            .journalBufferTimeout(Duration.ofNanos(100_000))
            .deadLetterAddress("DLQ")
            .start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() {
    if (!broker.isAlive()) {
      broker.restart();
    }
    queues = new BrokerQueues(broker.url());
    ArtemisResource resource = ArtemisResource.named("events").url(url()).build();
    handfast =
        Handfast.builder()
            .nodeName("listener-test")
            .logStore(LogStore.file(directory.resolve("log")))
            .recoveryPeriod(Duration.ofMillis(500))
            .resources(resource)
            .start();
    events = handfast.resource(resource);
  }

  @AfterEach
  void stop() {
    handfast.close();
  }

  /** Where the runtime finds the broker. */
  String url() {
    return broker.url();
  }

  /** A body that sends one answer. */
  void answer(Message message) throws JMSException {
    try (JMSContext context = events.createContext()) {
      context
          .createProducer()
          .send(context.createQueue(answers), "re: " + ((TextMessage) message).getText());
    }
  }

  /** An operation of the broker or of one of its resources, as its console asks for it. */
  public static Object manage(String url, String resource, String operation, Object... parameters)
      throws Exception {
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
        Connection connection = factory.createConnection()) {
      connection.start();
      Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
      TemporaryQueue reply = session.createTemporaryQueue();
      Message request = session.createMessage();
      JMSManagementHelper.putOperationInvocation(request, resource, operation, parameters);
      request.setJMSReplyTo(reply);
      session.createProducer(session.createQueue("activemq.management")).send(request);
      return JMSManagementHelper.getResult(session.createConsumer(reply).receive(10_000));
    }
  }
}
