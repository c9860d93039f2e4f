package dev.handfast.xa.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.ProtocolStep;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Messages of every kind, received and sent in a transaction whose process is killed. */
@TestInstance(Lifecycle.PER_CLASS)
class MessageKindsIT {

  private static final int LARGE = 300 * 1024;

  private BrokerProcess broker;
  private CrashJvm shop;
  private ActiveMQConnectionFactory factory;
  private Connection connection;
  private Session session;
  private int lastId;

  @BeforeAll
  void start(@TempDir Path directory) throws JMSException {
    broker = BrokerProcess.start(directory.resolve("broker"));
    shop =
        CrashJvm.of(KindsMain.class)
            .arguments(directory.toString(), broker.url())
            .steps(ProtocolStep.BEFORE_LOG_FORCE, ProtocolStep.BEFORE_COMMIT)
            .start(directory.resolve("shop"));
    assertThat(shop.awaitAnswer()).isEqualTo("started");
    factory = new ActiveMQConnectionFactory(broker.url() + "?useEpoll=false");
    connection = factory.createConnection();
    connection.start();
    session = connection.createSession();
    subscriber(KindsMain.NEWS_IN).close();
    subscriber(KindsMain.NEWS_OUT).close();
  }

  @AfterAll
  void stop() throws JMSException {
    connection.close();
    factory.close();
    shop.close();
    broker.close();
  }

  private MessageConsumer subscriber(String topic) throws JMSException {
    return session.createSharedDurableConsumer(session.createTopic(topic), topic);
  }

  @BeforeEach
  void leaveWork() throws JMSException {
    try (MessageProducer in = session.createProducer(session.createQueue(KindsMain.IN));
        MessageProducer news = session.createProducer(session.createTopic(KindsMain.NEWS_IN))) {
      in.send(coloured("blue"));
      in.send(coloured("red"));
      news.send(session.createTextMessage("n".repeat(LARGE)));
    }
  }

  private Message coloured(String colour) throws JMSException {
    Message message = session.createTextMessage(colour + "!".repeat(LARGE));
    message.setStringProperty("colour", colour);
    return message;
  }

  @Test
  void allArriveWhenTheProcessIsKilledAfterTheDecision() throws JMSException {
    int id = workAndHalt(ProtocolStep.BEFORE_COMMIT);
    shop.restart();
    assertThat(shop.awaitAnswer()).isEqualTo("started");

    assertEverythingMoved(id);
  }

  @Test
  void allArriveWhenTheBrokerIsKilledAsWell() throws JMSException {
    int id = workAndHalt(ProtocolStep.BEFORE_COMMIT);
    connection.close();
    broker.kill();
    broker.restart();
    connection = factory.createConnection();
    connection.start();
    session = connection.createSession();
    shop.restart();
    assertThat(shop.awaitAnswer()).isEqualTo("started");

    assertEverythingMoved(id);
  }

  @Test
  void nothingIsChangedWhenTheProcessIsKilledBeforeTheDecision() throws JMSException {
    int id = workAndHalt(ProtocolStep.BEFORE_LOG_FORCE);
    shop.restart();
    assertThat(shop.awaitAnswer()).isEqualTo("started");

    assertThat(rows()).doesNotContain(Integer.toString(id));
    assertThat(take(queue(KindsMain.OUT))).isEmpty();
    assertThat(take(queue(KindsMain.KINDS))).isEmpty();
    assertThat(take(subscriber(KindsMain.NEWS_OUT))).isEmpty();
    assertThat(take(queue(KindsMain.IN)))
        .containsExactlyInAnyOrder(contents("blue"), contents("red"));
    assertThat(take(subscriber(KindsMain.NEWS_IN))).containsExactly(news());
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
  }

  private int workAndHalt(ProtocolStep step) {
    int id = ++lastId;
    shop.haltAt(step, 1);
    shop.say("work " + id);
    assertThat(shop.awaitHalt()).isEmpty();
    return id;
  }

  private void assertEverythingMoved(int id) throws JMSException {
    List<Object> kinds = new ArrayList<>();
    for (Message made : MessageKinds.make(session)) {
      kinds.add(MessageKinds.contents(readable(made)));
    }
    assertThat(rows()).contains(Integer.toString(id));
    assertThat(take(queue(KindsMain.OUT))).containsExactly(contents("red"), news());
    assertThat(take(queue(KindsMain.KINDS))).isEqualTo(kinds);
    assertThat(take(subscriber(KindsMain.NEWS_OUT))).isEqualTo(kinds);
    assertThat(take(queue(KindsMain.IN))).containsExactly(contents("blue"));
    assertThat(take(subscriber(KindsMain.NEWS_IN))).isEmpty();
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
  }

  private static Message readable(Message made) throws JMSException {
    if (made instanceof BytesMessage bytes) {
      bytes.reset();
    } else if (made instanceof StreamMessage stream) {
      stream.reset();
    }
    return made;
  }

  private List<Object> contents(String colour) throws JMSException {
    return MessageKinds.contents(coloured(colour));
  }

  private List<Object> news() throws JMSException {
    return MessageKinds.contents(session.createTextMessage("n".repeat(LARGE)));
  }

  private MessageConsumer queue(String name) throws JMSException {
    return session.createConsumer(session.createQueue(name));
  }

  /** What is there, in order; it is read as it comes, as a large one can be read only then. */
  private static List<Object> take(MessageConsumer consumer) throws JMSException {
    List<Object> all = new ArrayList<>();
    try (consumer) {
      for (Message message = consumer.receiveNoWait();
          message != null;
          message = consumer.receiveNoWait()) {
        all.add(MessageKinds.contents(message));
      }
    }
    return all;
  }

  private List<String> rows() {
    shop.say("rows");
    return List.of(shop.awaitAnswer().split(",", -1));
  }
}
