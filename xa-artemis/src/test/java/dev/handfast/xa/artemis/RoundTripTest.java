package dev.handfast.xa.artemis;

import static org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl.SESS_PRODUCER_CREDITS;
import static org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl.SESS_PRODUCER_REQUEST_CREDITS;
import static org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl.SESS_SEND;
import static org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl.SESS_XA_COMMIT;
import static org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl.SESS_XA_END;
import static org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl.SESS_XA_PREPARE;
import static org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl.SESS_XA_RESP;
import static org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl.SESS_XA_SET_TIMEOUT;
import static org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl.SESS_XA_START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.contract.ManualTransaction;
import jakarta.jms.Connection;
import jakarta.jms.JMSContext;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

/** What goes over the network for a transaction, counted by the client's interceptors. */
class RoundTripTest extends BrokerFixture {

  /** Asked for ahead of need; only a session's first send to an address waits for them. */
  private static final List<Byte> CREDITS =
      List.of(SESS_PRODUCER_REQUEST_CREDITS, SESS_PRODUCER_CREDITS);

  private final List<Byte> sent = new CopyOnWriteArrayList<>();
  private final List<Byte> answers = new CopyOnWriteArrayList<>();

  private void openCounting() {
    ActiveMQConnectionFactory factory =
        new ActiveMQConnectionFactory(broker.url() + "?useTopologyForLoadBalancing=false");
    factory.getServerLocator().addOutgoingInterceptor(into(sent));
    factory.getServerLocator().addIncomingInterceptor(into(answers));
    openWith(ArtemisResource.named("events").connectionFactory(factory));
  }

  private static Interceptor into(List<Byte> packets) {
    return (packet, connection) -> {
      if (!CREDITS.contains(packet.getType())) {
        packets.add(packet.getType());
      }
      return true;
    };
  }

  private void sendOne() {
    try (JMSContext jms = connections.createContext()) {
      jms.createProducer().send(jms.createQueue(queue), "a");
    }
  }

  private void sendThreeByAnotherWay() throws Exception {
    sendOne();
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession();
        MessageProducer producer = session.createProducer(session.createQueue(queue))) {
      producer.send(session.createTextMessage("b"));
      producer.send(session.createTextMessage("c"));
    }
  }

  /** Each answer of the broker ends one wait. */
  @Test
  void aTransactionWithSendsWaitsForFourAnswersHoweverManyItSends() throws Exception {
    openCounting();
    context.committed(this::sendOne);
    sent.clear();
    answers.clear();

    context.committed(this::sendThreeByAnotherWay);

    assertThat(sent)
        .containsExactly(
            SESS_XA_START,
            SESS_SEND,
            SESS_SEND,
            SESS_SEND,
            SESS_XA_END,
            SESS_XA_PREPARE,
            SESS_XA_COMMIT);
    assertThat(answers).containsExactly(SESS_XA_RESP, SESS_XA_RESP, SESS_XA_RESP, SESS_XA_RESP);
  }

  /** A destination is looked up once, whichever session is used next. */
  @Test
  void anotherSessionLooksNothingUpAgain() throws Exception {
    openCounting();
    context.committed(this::sendOne);
    ManualTransaction first = context.begin();
    sendOne();
    ManualTransaction second = context.begin();
    connections.createContext().createTextMessage("borrows a second session");
    sent.clear();
    sendOne();

    assertThat(manager.sessions().active()).isEqualTo(2);
    assertThat(sent).containsExactly(SESS_XA_SET_TIMEOUT, SESS_XA_START, SESS_SEND);
    second.commit();
    first.commit();
    context.leave();
    assertThat(queues.count(queue)).isEqualTo(3);
  }
}
