package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.testkit.contract.ManualTransaction;
import jakarta.jms.CompletionListener;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.IllegalStateException;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import jakarta.jms.XAConnection;
import jakarta.jms.XAConnectionFactory;
import jakarta.jms.XASession;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What cannot work is refused, with the resource, the reason and the mend. */
class RefusalTest extends BrokerFixture {

  private static void assertRefused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfAny(IllegalStateException.class, IllegalStateRuntimeException.class)
        .hasMessageStartingWith("resource 'events': ")
        .hasMessageContainingAll(words)
        .hasMessageContaining(". To solve this, ");
  }

  @TestFactory
  Stream<DynamicTest> whatOnlyALocalSessionCanEnd() {
    String reason = " is refused in a global transaction: the transaction alone decides";
    return Stream.of(
        DynamicTest.dynamicTest("commit", () -> inside(Session::commit, "commit" + reason)),
        DynamicTest.dynamicTest("rollback", () -> inside(Session::rollback, "rollback" + reason)),
        DynamicTest.dynamicTest("recover", () -> inside(Session::recover, "recover" + reason)));
  }

  private void inside(SessionCall call, String words) throws Exception {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession()) {
      context.begin();
      assertRefused(() -> call.on(session), words);
    } finally {
      context.leave();
    }
  }

  @Test
  void theSameOfAContext() {
    context.begin();
    try (JMSContext jms = connections.createContext()) {
      assertRefused(jms::commit, "commit is refused", "the transaction alone decides");
      assertRefused(jms::rollback, "rollback is refused", "the transaction alone decides");
      assertRefused(jms::recover, "recover is refused", "the transaction alone decides");
      assertRefused(
          jms::acknowledge, "acknowledge is refused", "acknowledged when the transaction commits");
    }
  }

  @Test
  void aReceiptOfTheTransactionIsNotAcknowledgedByHand() throws Exception {
    queues.send(queue, "a");
    ManualTransaction transaction = context.begin();
    try (JMSContext jms = connections.createContext()) {
      Message message = jms.createConsumer(jms.createQueue(queue)).receive(5_000);

      assertThat(message).isInstanceOf(TextMessage.class);
      assertRefused(
          message::acknowledge,
          "acknowledge is refused in a global transaction",
          "acknowledged when the transaction commits");
    }
    transaction.rollback();
    assertThat(queues.drainTexts(queue)).containsExactly("a");
  }

  @Test
  void aReceiptFromOutsideIsNotAcknowledgedWithin() throws Exception {
    queues.send(queue, "a");
    try (JMSContext jms = connections.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
      Message message = jms.createConsumer(jms.createQueue(queue)).receive(5_000);
      context.begin();
      assertRefused(message::acknowledge, "acknowledge is refused in a global transaction");
      context.leave();
      message.acknowledge();
    }
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void aReceiptIsSentOnAsItIs() throws Exception {
    queues.send(queue, "a");
    context.committed(
        () -> {
          try (JMSContext jms = connections.createContext()) {
            Message message = jms.createConsumer(jms.createQueue(queue)).receive(5_000);
            jms.createProducer().send(jms.createQueue(queue + "-out"), message);
          }
        });

    assertThat(queues.drainTexts(queue + "-out")).containsExactly("a");
  }

  @Test
  void aConsumerOpenedOutsideIsNotUsedWithin() {
    try (JMSContext jms = connections.createContext()) {
      JMSConsumer consumer = jms.createConsumer(jms.createQueue(queue));
      context.begin();
      for (Callable<Message> receipt :
          Stream.<Callable<Message>>of(
                  consumer::receive, () -> consumer.receive(10), consumer::receiveNoWait)
              .toList()) {
        assertRefused(
            receipt::call,
            "a consumer opened outside it is refused in a global transaction",
            "the broker ties a consumer to the session it was opened on",
            "create the consumer inside the transaction");
      }
    } finally {
      context.leave();
    }
  }

  @Test
  void noReplyIsAwaitedInTheTransactionOfItsRequest() throws Exception {
    try (JMSContext jms = connections.createContext()) {
      TemporaryQueue answers = jms.createTemporaryQueue();
      JMSConsumer outside = jms.createConsumer(answers);
      ManualTransaction transaction = context.begin();
      jms.createProducer().setJMSReplyTo(answers).send(jms.createQueue(queue), "question");
      assertRefused(
          () -> jms.createConsumer(answers),
          "a consumer of a temporary destination is refused in a global transaction",
          "the request leaves only when the transaction commits, so no reply can come before",
          "commit first and receive the reply outside");
      assertRefused(() -> outside.receive(10), "a consumer opened outside it is refused");
      transaction.commit();
      context.leave();

      answer();
      assertThat(outside.receiveBody(String.class, 5_000)).isEqualTo("answer");
    }
  }

  private void answer() throws Exception {
    try (JMSContext jms = connections.createContext()) {
      Message question = jms.createConsumer(jms.createQueue(queue)).receive(5_000);
      jms.createProducer().send(question.getJMSReplyTo(), "answer");
    }
  }

  @Test
  void aCompletionListenerIsRefusedWithin() throws Exception {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      Message message = session.createTextMessage("a");
      context.begin();
      assertRefused(
          () -> producer.send(message, new Ignore()),
          "a completion listener is refused in a global transaction",
          "a message is sent when the transaction commits");
    } finally {
      context.leave();
    }
  }

  @Test
  void aMessageListenerIsRefusedWithin() throws Exception {
    context.begin();
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession();
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
      assertRefused(
          () -> consumer.setMessageListener(message -> {}),
          "a message listener is refused in a global transaction",
          "it is called on another thread, which has no transaction");
    }
  }

  @Test
  void thereIsNoXaSessionToDrive() throws Exception {
    String reason = "no name under which recovery could find its branch after a crash";
    assertRefused(connections::createXAConnection, "createXAConnection is refused", reason);
    assertRefused(connections::createXAContext, "createXAContext is refused", reason);
    ConnectionFactory factory = connections;
    assertThat(factory).isNotInstanceOf(XAConnectionFactory.class);
    try (Connection connection = factory.createConnection();
        Session session = connection.createSession()) {
      assertThat(connection).isNotInstanceOf(XAConnection.class);
      assertThat(session).isNotInstanceOf(XASession.class);
    }
  }

  @Test
  void theClientIdIsConfiguredAndNotSet() throws Exception {
    String reason = "connections are pooled, and the sessions of transactions share one client id";
    String mend = "set handfast.jms.events.client-id";
    try (Connection connection = connections.createConnection();
        JMSContext jms = connections.createContext()) {
      assertRefused(() -> connection.setClientID("shop"), reason, mend);
      assertRefused(() -> jms.setClientID("shop"), reason, mend);
      assertThat(connection.getClientID()).isNull();
    }
    open(builder -> builder.clientId("shop"));
    try (Connection connection = connections.createConnection()) {
      assertRefused(() -> connection.setClientID("other"), reason, mend);
      assertThat(connection.getClientID()).isEqualTo("shop");
    }
  }

  private interface SessionCall {
    void on(Session session) throws Exception;
  }

  private static final class Ignore implements CompletionListener {
    @Override
    public void onCompletion(Message message) {}

    @Override
    public void onException(Message message, Exception exception) {}
  }
}
