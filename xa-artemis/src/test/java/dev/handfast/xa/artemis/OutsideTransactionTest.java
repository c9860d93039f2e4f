package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.testkit.contract.ManualTransaction;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutsideTransactionTest extends BrokerFixture {

  @Test
  void everyDurableSendThatReturnedSurvivesAKill() {
    try (JMSContext jms = connections.createContext()) {
      for (int i = 0; i < 80; i++) {
        jms.createProducer().send(jms.createQueue(queue), "m" + i);
      }
      for (int i = 80; i < 100; i++) {
        try (JMSContext brief = connections.createContext()) {
          brief.createProducer().send(brief.createQueue(queue), "m" + i);
        }
      }
      broker.kill();
    }
    broker.restart();

    assertThat(queues.drainTexts(queue)).hasSize(100).startsWith("m0").endsWith("m99");
  }

  @Test
  void aLocalTransactionCommitsAndRollsBack() throws Exception {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
      MessageProducer producer = session.createProducer(session.createQueue(queue));
      producer.send(session.createTextMessage("lost"));
      session.rollback();
      producer.send(session.createTextMessage("kept"));
      long before = queues.count(queue);
      session.commit();

      assertThat(session.getTransacted()).isTrue();
      assertThat(before).isZero();
    }
    assertThat(queues.drainTexts(queue)).containsExactly("kept");
  }

  @Test
  void aConsumerReceivesAndAcknowledges() {
    queues.send(queue, "a", "b");
    try (JMSContext jms = connections.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
      JMSConsumer consumer = jms.createConsumer(jms.createQueue(queue));
      assertThat(consumer.receiveBody(String.class, 5_000)).isEqualTo("a");
      jms.acknowledge();
      assertThat(consumer.receiveBody(String.class, 5_000)).isEqualTo("b");
    }
    assertThat(queues.drainTexts(queue)).containsExactly("b");
  }

  @Test
  void aListenerIsCalled() throws Exception {
    queues.send(queue, "a");
    CountDownLatch called = new CountDownLatch(1);
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession()) {
      MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
      consumer.setMessageListener(message -> called.countDown());
      connection.start();

      assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aConnectionThatIsNotStartedDeliversNothing() throws Exception {
    queues.send(queue, "a");
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession()) {
      MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
      Message before = consumer.receive(100);
      connection.start();
      Message after = consumer.receive(5_000);

      assertThat(before).isNull();
      assertThat(after).isNotNull();
    }
  }

  @Test
  void aRequestIsAnsweredOnATemporaryQueue() {
    try (JMSContext jms = connections.createContext()) {
      TemporaryQueue answers = jms.createTemporaryQueue();
      jms.createProducer()
          .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
          .setJMSReplyTo(answers)
          .send(jms.createQueue(queue), "question");
      try (JMSContext other = connections.createContext();
          JMSConsumer consumer = jms.createConsumer(answers)) {
        other.createProducer().send(answers, "answer");

        assertThat(consumer.receiveBody(String.class, 5_000)).isEqualTo("answer");
      }
    }
  }

  @Test
  void aBrowserLooksWithoutTaking() throws Exception {
    queues.send(queue, "a", "b");
    try (JMSContext jms = connections.createContext();
        QueueBrowser browser = jms.createBrowser(jms.createQueue(queue))) {
      Enumeration<?> seen = browser.getEnumeration();
      assertThat(Collections.list(seen)).hasSize(2);
    }
    assertThat(queues.count(queue)).isEqualTo(2);
  }

  @Test
  void aBrowserLooksFromOutsideTheTransaction() throws Exception {
    queues.send(queue, "a", "b");
    ManualTransaction empty = context.begin();
    try (JMSContext jms = connections.createContext();
        QueueBrowser browser = jms.createBrowser(jms.createQueue(queue))) {
      assertThat(texts(browser)).containsExactly("a", "b");
      assertThat(empty.branches().size()).isZero();

      ManualTransaction transaction = context.begin();
      jms.createProducer().send(jms.createQueue(queue), "sent");
      assertThat(jms.createConsumer(jms.createQueue(queue)).receiveBody(String.class, 5_000))
          .isEqualTo("a");
      assertThat(texts(browser)).doesNotContain("sent");
      transaction.commit();
    }
    assertThat(queues.drainTexts(queue)).containsExactly("b", "sent");
  }

  private static List<String> texts(QueueBrowser browser) throws JMSException {
    List<String> texts = new ArrayList<>();
    for (Enumeration<?> seen = browser.getEnumeration(); seen.hasMoreElements(); ) {
      texts.add(((TextMessage) seen.nextElement()).getText());
    }
    return texts;
  }

  @Test
  void aContextStartsByItselfUnlessToldNotTo() throws Exception {
    queues.send(queue, "a", "b");
    try (JMSContext jms = connections.createContext()) {
      jms.setAutoStart(false);
      JMSConsumer consumer = jms.createConsumer(jms.createQueue(queue));
      assertThat(consumer.receive(100)).isNull();
      jms.start();
      assertThat(consumer.receiveBody(String.class, 5_000)).isEqualTo("a");
    }
    context.committed(
        () -> {
          try (JMSContext jms = connections.createContext()) {
            jms.setAutoStart(false);
            JMSConsumer consumer = jms.createConsumer(jms.createQueue(queue));
            assertThat(consumer.receive(150)).isNull();
            jms.start();
            assertThat(consumer.receiveBody(String.class, 5_000)).isEqualTo("b");
          }
        });
    assertThat(queues.count(queue)).isZero();
  }

  /** The broker deletes what nobody uses; what was looked up once must not be sent into nowhere. */
  @Test
  void aQueueThatWasDeletedIsMadeAgainByTheNextSend() throws Exception {
    try (JMSContext jms = connections.createContext()) {
      jms.createProducer().send(jms.createQueue(queue), "a");
      queues.drain(queue);
      queues.destroy(queue);
      jms.createProducer().send(jms.createQueue(queue), "outside");
      queues.drain(queue);
      queues.destroy(queue);
      context.committed(() -> jms.createProducer().send(jms.createQueue(queue), "within"));
    }
    assertThat(queues.drainTexts(queue)).containsExactly("within");
  }

  @Test
  void aContextThatOnlySentOutlivesARestartOfTheBroker() {
    try (JMSContext jms = connections.createContext()) {
      jms.createProducer().send(jms.createQueue(queue), "before");
      broker.kill();
      broker.restart();
      jms.createProducer().send(jms.createQueue(queue), "after");
    }
    assertThat(queues.drainTexts(queue)).containsExactly("before", "after");
  }

  @Test
  void aLocalTransactionThatWasLostSaysSo() throws Exception {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED)) {
      MessageProducer producer = session.createProducer(session.createQueue(queue));
      Message message = session.createTextMessage("never committed");
      producer.send(message);
      broker.kill();
      broker.restart();

      assertThatThrownBy(session::commit).isInstanceOf(JMSException.class);
      assertThatThrownBy(() -> producer.send(message)).isInstanceOf(JMSException.class);
    }
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void otherCredentialsAreRefused() {
    assertThatThrownBy(() -> connections.createConnection("somebody", "else"))
        .isInstanceOf(JMSException.class)
        .hasMessageContaining("credentials of the definition");
  }

  @Test
  void afterCloseAClearRefusal() {
    manager.close();

    assertThatThrownBy(
            () -> {
              try (JMSContext jms = connections.createContext()) {
                jms.createQueue(queue);
              }
            })
        .hasMessageContaining("resource 'events': the resource is closed");
  }
}
