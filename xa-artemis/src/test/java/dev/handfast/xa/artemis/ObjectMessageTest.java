package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.artemis.internal.branch.ReceivedMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Serialised objects are refused unless the definition allows them. */
class ObjectMessageTest extends BrokerFixture {

  /** Tells whether it was deserialised. */
  static final class Gadget implements Serializable {

    static final AtomicInteger MADE = new AtomicInteger();

    private void readObject(ObjectInputStream in) {
      MADE.incrementAndGet();
    }
  }

  private static void assertRefused(ThrowingCallable call, String what) {
    assertThatThrownBy(call)
        .hasMessageContaining("resource 'events': an ObjectMessage is refused, " + what)
        .hasMessageContaining("who can send one chooses the classes that are loaded here")
        .hasMessageContaining("handfast.jms.events.allow-object-messages=true");
  }

  private void sendByAnother() throws Exception {
    try (var factory = new ActiveMQConnectionFactory(broker.url());
        JMSContext jms = factory.createContext()) {
      jms.createProducer().send(jms.createQueue(queue), new Gadget());
    }
  }

  @Test
  void noneIsMadeInATransactionOrOutside() throws Exception {
    try (JMSContext jms = connections.createContext();
        Connection connection = connections.createConnection();
        Session session = connection.createSession()) {
      Queue destination = jms.createQueue(queue);
      assertRefused(() -> jms.createObjectMessage(), "none is made");
      assertRefused(() -> session.createObjectMessage("a"), "none is made");
      assertRefused(() -> jms.createProducer().send(destination, new Gadget()), "none is made");
      context.begin();
      assertRefused(() -> jms.createObjectMessage("a"), "none is made");
    } finally {
      context.leave();
    }
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void noneIsDeserialised() throws Exception {
    Gadget.MADE.set(0);
    sendByAnother();
    String what = "its object is not deserialised";
    try (JMSContext jms = connections.createContext();
        QueueBrowser browser = jms.createBrowser(jms.createQueue(queue))) {
      ObjectMessage browsed = (ObjectMessage) browser.getEnumeration().nextElement();
      assertRefused(browsed::getObject, what);
    }
    context.committed(
        () -> {
          try (JMSContext jms = connections.createContext()) {
            Message received = jms.createConsumer(jms.createQueue(queue)).receive(5_000);
            assertRefused(((ObjectMessage) received)::getObject, what);
            assertRefused(() -> received.getBody(Gadget.class), what);
            assertRefused(() -> received.isBodyAssignableTo(Gadget.class), what);
            jms.createProducer().send(jms.createQueue(queue), received);
          }
        });
    try (JMSContext jms = connections.createContext()) {
      assertRefused(
          () -> jms.createConsumer(jms.createQueue(queue)).receiveBody(Gadget.class, 5_000), what);
    }

    assertThat(Gadget.MADE).hasValue(0);
  }

  /** Where the client's own message gets through to the application, its deny list still holds. */
  @Test
  void theClientItselfLoadsNoClass() throws Exception {
    Gadget.MADE.set(0);
    sendByAnother();
    List<Message> messages = new ArrayList<>();
    context.committed(
        () -> {
          try (JMSContext jms = connections.createContext()) {
            Message received = jms.createConsumer(jms.createQueue(queue)).receive(5_000);
            messages.add(ReceivedMessage.unwrap(received));
          }
        });

    assertThatThrownBy(() -> messages.get(0).getBody(Gadget.class))
        .isInstanceOf(JMSException.class);
    assertThat(Gadget.MADE).hasValue(0);
  }

  @Test
  void theyCanBeAllowed() throws Exception {
    open(builder -> builder.allowObjectMessages());
    context.committed(
        () -> {
          try (JMSContext jms = connections.createContext()) {
            jms.createProducer().send(jms.createQueue(queue), new ArrayList<>(List.of("a", 1)));
          }
        });
    context.committed(
        () -> {
          try (JMSContext jms = connections.createContext()) {
            assertThat(
                    (Object)
                        jms.createConsumer(jms.createQueue(queue)).receiveBody(List.class, 5_000))
                .isEqualTo(List.of("a", 1));
          }
        });
  }
}
