package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.testkit.contract.ManualTransaction;
import jakarta.jms.Connection;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ConsumeInTransactionTest extends BrokerFixture {

  private String receive() {
    try (JMSContext jms = connections.createContext()) {
      return jms.createConsumer(jms.createQueue(queue)).receiveBody(String.class, 5_000);
    }
  }

  @Test
  void aReceiptGoesWithTheTransaction() throws Exception {
    queues.send(queue, "a", "b");

    ManualTransaction lost = context.begin();
    String first = receive();
    lost.rollback();
    context.committed(() -> assertThat(receive()).isEqualTo("a"));

    assertThat(first).isEqualTo("a");
    assertThat(queues.drainTexts(queue)).containsExactly("b");
    assertThat(manager.sessions().idle()).isEqualTo(1);
  }

  @Test
  void receivingAndSendingMakeOneBranch() throws Exception {
    queues.send(queue, "a");

    ManualTransaction transaction =
        context.committed(
            () -> {
              String text = receive();
              try (JMSContext jms = connections.createContext()) {
                jms.createProducer().send(jms.createQueue(queue + "-out"), text);
              }
            });

    assertThat(transaction.branches().size()).isEqualTo(1);
    assertThat(queues.count(queue)).isZero();
    assertThat(queues.drainTexts(queue + "-out")).containsExactly("a");
  }

  @Test
  void aConsumerEnlistsAtOnce() throws Exception {
    ManualTransaction transaction = context.begin();
    try (JMSContext jms = connections.createContext()) {
      jms.createConsumer(jms.createQueue(queue));
    }
    assertThat(transaction.branches().size()).isEqualTo(1);
    transaction.commit();
  }

  @Test
  void aConsumerFromOutsideIsRefusedInside() {
    queues.send(queue, "a");
    try (JMSContext jms = connections.createContext()) {
      JMSConsumer consumer = jms.createConsumer(jms.createQueue(queue));
      context.begin();

      assertThatThrownBy(() -> consumer.receive(10))
          .hasMessageContaining("a consumer opened outside it")
          .hasMessageContaining("create the consumer inside the transaction");
      context.leave();
      assertThat(consumer.receiveBody(String.class, 5_000)).isEqualTo("a");
    }
  }

  @Test
  void aConsumerOfOneTransactionIsRefusedInTheNextAndOutside() throws Exception {
    try (JMSContext jms = connections.createContext()) {
      ManualTransaction first = context.begin();
      JMSConsumer consumer = jms.createConsumer(jms.createQueue(queue));
      first.commit();
      context.leave();
      assertThatThrownBy(() -> consumer.receive(10)).hasMessageContaining(first.gtrid());
      context.begin();
      assertThatThrownBy(() -> consumer.receive(10)).hasMessageContaining(first.gtrid());
    }
  }

  @Test
  void aConnectionThatIsNotStartedDeliversNothing() throws Exception {
    queues.send(queue, "a");
    context.committed(
        () -> {
          try (Connection connection = connections.createConnection();
              Session session = connection.createSession()) {
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            Message before = consumer.receive(150);
            Message beforeToo = consumer.receiveNoWait();
            connection.start();
            Message after = consumer.receive(5_000);

            assertThat(before).isNull();
            assertThat(beforeToo).isNull();
            assertThat(after).isNotNull();
          }
        });
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void aListenerAndATemporaryDestinationAreRefused() throws Exception {
    context.begin();
    try (JMSContext jms = connections.createContext()) {
      assertThatThrownBy(() -> jms.createConsumer(jms.createTemporaryQueue()))
          .hasMessageContaining("temporary destination")
          .hasMessageContaining("commit first");
      JMSConsumer consumer = jms.createConsumer(jms.createQueue(queue));
      assertThatThrownBy(() -> consumer.setMessageListener(message -> {}))
          .hasMessageContaining("message listener");
    }
  }

  @Test
  void aDurableSubscriptionUsesTheClientIdOfTheDefinition() throws Exception {
    open(builder -> builder.clientId("shop"));
    context.committed(() -> subscribe(null));
    try (JMSContext jms = connections.createContext()) {
      jms.createProducer().send(jms.createTopic(queue), "news");
    }

    context.committed(() -> subscribe("news"));
  }

  private void subscribe(String expected) {
    try (JMSContext jms = connections.createContext()) {
      JMSConsumer consumer = jms.createDurableConsumer(jms.createTopic(queue), "subscription");
      String body = expected == null ? null : consumer.receiveBody(String.class, 5_000);
      assertThat(body).isEqualTo(expected);
    }
  }

  @Test
  void aTimeoutEndsAReceiptThatWaits() throws Exception {
    ManualTransaction transaction = context.begin();
    var timedOut =
        new FutureTask<>(
            () -> {
              Awaitility.await().until(() -> transaction.branches().size() == 1);
              transaction.setRollbackOnly(new RuntimeException("timed out"));
              transaction.rollback();
              return transaction;
            });
    new Thread(timedOut).start();

    assertThatThrownBy(this::receive).hasMessageContaining("timed out");
    assertThat(timedOut.get(5, TimeUnit.SECONDS)).isNotNull();
    queues.send(queue, "a");
    assertThat(queues.drainTexts(queue)).containsExactly("a");
    context.committed(() -> {});
    assertThat(manager.sessions().active()).isZero();
  }

  @RepeatedTest(20)
  void receivingStopsWhenTheConsumerIsClosedByAnother() throws Exception {
    ManualTransaction transaction = context.begin();
    try (JMSContext jms = connections.createContext()) {
      JMSConsumer consumer = jms.createConsumer(jms.createQueue(queue));
      CompletableFuture<Void> closer = CompletableFuture.runAsync(consumer::close);
      try {
        assertThat(consumer.receive()).isNull();
      } catch (RuntimeException e) {
        assertThat(e).hasMessageContaining("closed");
      }
      closer.get(5, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
    transaction.rollback();
  }
}
