package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.testkit.contract.ManualTransaction;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

class SendInTransactionTest extends BrokerFixture {

  private void send(String text) {
    try (JMSContext jms = connections.createContext()) {
      jms.createProducer().send(jms.createQueue(queue), text);
    }
  }

  @Test
  void aCommittedSendArrivesAndAnUncommittedOneDoesNotShow() throws Exception {
    ManualTransaction transaction = context.begin();
    send("a");
    long before = queues.count(queue);

    transaction.commit();

    assertThat(before).isZero();
    assertThat(queues.drainTexts(queue)).containsExactly("a");
    assertThat(manager.sessions().active()).isZero();
    assertThat(manager.sessions().idle()).isEqualTo(1);
  }

  @Test
  void aRolledBackSendIsGoneAndTheSessionServesTheNextTransaction() throws Exception {
    ManualTransaction transaction = context.begin();
    send("a");
    transaction.rollback();

    context.committed(() -> send("b"));

    assertThat(queues.drainTexts(queue)).containsExactly("b");
    assertThat(manager.sessions().idle()).isEqualTo(1);
  }

  @Test
  void threeContextsAndAConnectionMakeOneBranch() throws Exception {
    ManualTransaction transaction =
        context.committed(
            () -> {
              send("a");
              send("b");
              send("c");
              try (Connection connection = connections.createConnection();
                  Session session = connection.createSession();
                  MessageProducer producer = session.createProducer(session.createQueue(queue))) {
                producer.send(session.createTextMessage("d"));
              }
            });

    assertThat(transaction.branches().size()).isEqualTo(1);
    assertThat(queues.drainTexts(queue)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void nothingSentMakesNoBranch() throws Exception {
    ManualTransaction transaction =
        context.committed(
            () -> {
              try (JMSContext jms = connections.createContext()) {
                jms.createProducer().setPriority(9);
                jms.createQueue(queue);
                jms.createTextMessage("never sent");
              }
            });

    assertThat(transaction.branches().size()).isZero();
    assertThat(manager.sessions().active()).isZero();
  }

  @Test
  void aContextHeldOpenJoinsTheTransactionOfTheMoment() throws Exception {
    try (JMSContext jms = connections.createContext()) {
      JMSProducer producer = jms.createProducer();
      producer.send(jms.createQueue(queue), "outside");
      context.committed(() -> producer.send(jms.createQueue(queue), "first"));
      ManualTransaction lost = context.begin();
      producer.send(jms.createQueue(queue), "lost");
      lost.rollback();
      context.committed(() -> producer.send(jms.createQueue(queue), "second"));
      producer.send(jms.createQueue(queue), "outside again");
    }

    assertThat(queues.drainTexts(queue))
        .containsExactly("outside", "first", "second", "outside again");
  }

  @Test
  void aSuspendedTransactionKeepsItsOwnSession() throws Exception {
    ManualTransaction outer = context.begin();
    send("outer");
    context.committed(() -> send("inner"));
    List<String> seenBetween = queues.drainTexts(queue);
    context.enter(outer);
    send("outer too");
    outer.commit();

    assertThat(seenBetween).containsExactly("inner");
    assertThat(queues.drainTexts(queue)).containsExactly("outer", "outer too");
  }

  @Test
  void headersAndPropertiesOfOneProducerAreItsOwn() throws Exception {
    context.committed(
        () -> {
          try (JMSContext jms = connections.createContext()) {
            jms.createProducer()
                .setPriority(9)
                .setTimeToLive(600_000)
                .setProperty("JMSXGroupID", "customer-1")
                .setProperty("amount", 42)
                .setJMSCorrelationID("c-1")
                .setJMSType("cancellation")
                .send(jms.createQueue(queue), "urgent");
            jms.createProducer().send(jms.createQueue(queue), "usual");
          }
        });

    List<Message> messages = queues.drain(queue);
    Message urgent = messages.get(0);
    assertThat(urgent.getJMSPriority()).isEqualTo(9);
    assertThat(urgent.getJMSExpiration()).isPositive();
    assertThat(urgent.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
    assertThat(urgent.getStringProperty("JMSXGroupID")).isEqualTo("customer-1");
    assertThat(urgent.getIntProperty("amount")).isEqualTo(42);
    assertThat(urgent.getJMSCorrelationID()).isEqualTo("c-1");
    assertThat(urgent.getJMSType()).isEqualTo("cancellation");
    Message usual = messages.get(1);
    assertThat(usual.getJMSPriority()).isEqualTo(4);
    assertThat(usual.getJMSExpiration()).isZero();
    assertThat(usual.propertyExists("JMSXGroupID")).isFalse();
  }

  @Test
  void localEndsAreRefusedWithTheReason() throws Exception {
    context.begin();
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
        JMSContext jms = connections.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
      assertThat(session.getTransacted()).isTrue();
      assertThatThrownBy(session::commit)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("events")
          .hasMessageContaining("commit is refused in a global transaction")
          .hasMessageContaining("To solve this, ");
      assertThatThrownBy(session::rollback).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(session::recover).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(jms::acknowledge).isInstanceOf(IllegalStateRuntimeException.class);
      assertThatThrownBy(jms::commit).isInstanceOf(IllegalStateRuntimeException.class);
    }
  }

  @Test
  void completionListenersAndNonPersistentMessagesAreRefused() throws Exception {
    ManualTransaction transaction = context.begin();
    try (JMSContext jms = connections.createContext()) {
      CompletionListener listener = new Ignore();
      assertThatThrownBy(
              () -> jms.createProducer().setAsync(listener).send(jms.createQueue(queue), "a"))
          .isInstanceOf(IllegalStateRuntimeException.class)
          .hasMessageContaining("completion listener");
      assertThatThrownBy(
              () ->
                  jms.createProducer()
                      .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                      .send(jms.createQueue(queue), "a"))
          .isInstanceOf(IllegalStateRuntimeException.class)
          .hasMessageContaining("non-persistent")
          .hasMessageContaining("handfast.jms.events.allow-non-persistent");
    }
    assertThat(transaction.branches().size()).isZero();
  }

  @Test
  void nonPersistentMessagesCanBeAllowed() throws Exception {
    open(builder -> builder.allowNonPersistent());
    context.committed(
        () -> {
          try (JMSContext jms = connections.createContext()) {
            jms.createProducer()
                .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
                .send(jms.createQueue(queue), "a");
          }
        });

    assertThat(queues.drainTexts(queue)).containsExactly("a");
  }

  @Test
  void afterATimeoutNothingIsSentAnywhere() throws Exception {
    ManualTransaction transaction = context.begin();
    send("a");
    transaction.setRollbackOnly(new RuntimeException("timed out after 5s"));

    assertThatThrownBy(() -> send("b"))
        .isInstanceOf(IllegalStateRuntimeException.class)
        .hasMessageContaining("resource 'events'")
        .hasMessageContaining(transaction.gtrid())
        .hasMessageContaining("timed out after 5s");
    transaction.rollback();
    assertThatThrownBy(() -> send("c")).isInstanceOf(IllegalStateRuntimeException.class);
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void aBranchEndedByAnotherThreadLetsNoSendSlipOutside() throws Exception {
    ManualTransaction transaction = context.begin();
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession()) {
      MessageProducer producer = session.createProducer(session.createQueue(queue));
      Message message = session.createTextMessage("late");
      producer.send(session.createTextMessage("early"));
      // The transaction still claims to take work: only the session knows better.
      transaction.branch().end(XAResource.TMFAIL);

      assertThatThrownBy(() -> producer.send(message)).isInstanceOf(JMSException.class);
      transaction.rollback();
    }
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void aLargeMessageGoesWithTheTransaction() throws Exception {
    String large = "x".repeat(400_000);
    ManualTransaction lost = context.begin();
    send(large);
    lost.rollback();
    context.committed(() -> send(large));

    assertThat(queues.drainTexts(queue)).containsExactly(large);
  }

  @Test
  void manyThreadsShareFewSessions() throws Exception {
    open(builder -> builder.maxSessions(3));
    List<Thread> threads = new ArrayList<>();
    List<Exception> failures = new CopyOnWriteArrayList<>();
    for (int t = 0; t < 8; t++) {
      threads.add(new Thread(() -> sendMany(failures)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(queues.count(queue)).isEqualTo(8 * 20);
    assertThat(manager.sessions().active()).isZero();
    assertThat(manager.sessions().idle()).isLessThanOrEqualTo(3);
  }

  private void sendMany(List<Exception> failures) {
    try {
      for (int i = 0; i < 20; i++) {
        context.committed(() -> send("a"));
        ManualTransaction lost = context.begin();
        send("lost");
        lost.rollback();
        context.leave();
      }
    } catch (Exception e) {
      failures.add(e);
    }
  }

  @Test
  void noFreeSessionIsToldWithNumbers() throws Exception {
    open(builder -> builder.maxSessions(1).acquisitionTimeout(Duration.ofMillis(50)));
    ManualTransaction first = context.begin();
    send("a");
    context.begin();

    assertThatThrownBy(() -> send("b"))
        .hasMessageContaining("1 at most, 1 in use")
        .hasMessageContaining("max-sessions");
    first.commit();
  }

  private static final class Ignore implements CompletionListener {
    @Override
    public void onCompletion(Message message) {}

    @Override
    public void onException(Message message, Exception exception) {}
  }
}
