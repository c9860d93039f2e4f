package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.RolledBackException;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.ActiveMQAddressFullException;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;
import org.junit.jupiter.api.Test;
import org.messaginghub.pooled.jms.JmsPoolXAConnectionFactory;

/** Traps 1, 6 and 8: a send that returned, and what becomes of it. */
class SendTrapsIT extends TrapFixture {

  private static final int SENDS = 100;

  private static void send(JMSContext jms, Queue destination, int from, int to) {
    JMSProducer producer = jms.createProducer();
    for (int i = from; i < to; i++) {
      producer.send(destination, "m" + i);
    }
  }

  /** Trap 1. The last send returns from a broker that stands still, so it cannot be stored. */
  @Test
  void pooledJmsLosesDurableSendsOutsideATransaction() throws Exception {
    JmsPoolXAConnectionFactory pool = new JmsPoolXAConnectionFactory();
    pool.setConnectionFactory(new ActiveMQXAConnectionFactory(broker.url() + "?useEpoll=false"));
    pool.setTransactionManager(handfast().handfast().transactionManager());
    try (JMSContext jms = pool.createContext()) {
      Queue destination = jms.createQueue(queue);
      send(jms, destination, 0, SENDS - 1);
      broker.pause();
      send(jms, destination, SENDS - 1, SENDS);
      broker.kill();
    } finally {
      broker.kill();
      pool.stop();
    }
    broker.restart();

    assertThat(queues.count(queue)).isLessThan(SENDS);
    queues.drain(queue);
  }

  /** Trap 1. */
  @Test
  void handfastKeepsEveryDurableSendThatReturned() throws Exception {
    try (JMSContext jms = handfast().events().createContext()) {
      send(jms, jms.createQueue(queue), 0, SENDS);
      broker.kill();
    }
    broker.restart();

    assertThat(world.messages()).hasSize(SENDS).startsWith("m0").endsWith("m99");
  }

  /** Trap 6. */
  @Test
  void aBareSessionLosesANonPersistentMessageAndTheCommitAnswersOk() throws Exception {
    Xid xid;
    try (BareSession bare = BareSession.open(broker.url())) {
      xid = bare.prepared(queue, "lost", DeliveryMode.NON_PERSISTENT);
      broker.kill();
    }
    broker.restart();

    try (BareSession later = BareSession.open(broker.url())) {
      assertThat(later.lists(xid)).isTrue();
      later.xa().commit(xid, false);
    }
    assertThat(queues.count(queue)).isZero();
  }

  /** Trap 6. */
  @Test
  void handfastRefusesANonPersistentMessageInATransaction() throws Exception {
    handfast();
    assertThatThrownBy(() -> world.handfast().run(this::insertAndSendNonPersistent))
        .hasMessageContaining("a non-persistent message is refused in a global transaction")
        .hasMessageContaining("loses it and answers the commit with OK")
        .hasMessageContaining("handfast.jms.events.allow-non-persistent=true");

    assertThat(world.rows("orders")).isEmpty();
    assertThat(world.messages()).isEmpty();
  }

  private void insertAndSendNonPersistent() throws Exception {
    world.insert(world.orders(), 1);
    try (JMSContext jms = world.events().createContext()) {
      jms.createProducer()
          .setDeliveryMode(DeliveryMode.NON_PERSISTENT)
          .send(jms.createQueue(queue), "lost");
    }
  }

  /** Trap 8: the sends return, and the vote fails as if the broker were not there. */
  @Test
  void aBareSessionTakesAFullAddressForALostBroker() throws Exception {
    try (BareSession bare = BareSession.open(broker.url())) {
      Xid xid = bare.start();
      for (int i = 0; i < 5; i++) {
        bare.send(FULL, "x".repeat(5_000));
      }
      bare.xa().end(xid, XAResource.TMSUCCESS);
      assertThat(BareSession.errorOf(() -> bare.xa().prepare(xid)))
          .isEqualTo(XAException.XAER_RMFAIL);
      bare.xa().rollback(xid);
    }
    assertThat(queues.count(FULL)).isZero();
  }

  /** Trap 8. */
  @Test
  void handfastRollsBackAndSaysThatTheAddressIsFull() throws Exception {
    handfast();
    assertThatThrownBy(() -> world.handfast().run(this::insertAndSendTooMuch))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("events")
        .hasMessageContaining("Address \"full\" is full")
        .hasRootCauseInstanceOf(ActiveMQAddressFullException.class);

    assertThat(world.rows("orders")).isEmpty();
    assertThat(queues.count(FULL)).isZero();
    world.handfast().run(() -> world.send("next"));
    assertThat(world.messages()).containsExactly("next");
  }

  /** Trap 8: alone, the branch is committed in one phase, and its outcome is known all the same. */
  @Test
  void handfastKnowsTheOutcomeOfALoneBranchWhoseAddressIsFull() throws Exception {
    handfast();
    assertThatThrownBy(() -> world.handfast().run(this::sendTooMuch))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("events")
        .hasMessageContaining("Address \"full\" is full");

    assertThat(queues.count(FULL)).isZero();
  }

  private void insertAndSendTooMuch() throws Exception {
    world.insert(world.orders(), 1);
    sendTooMuch();
  }

  private void sendTooMuch() {
    try (JMSContext jms = world.events().createContext()) {
      for (int i = 0; i < 5; i++) {
        jms.createProducer().send(jms.createQueue(FULL), "x".repeat(5_000));
      }
    }
  }
}
