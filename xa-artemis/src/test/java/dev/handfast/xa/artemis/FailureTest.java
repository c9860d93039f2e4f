package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.BreakableXaResource;
import dev.handfast.xa.spi.XidKey;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.TestXid;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import jakarta.transaction.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionXASetTimeoutMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FailureTest extends BrokerFixture {

  private void send(String text) {
    try (JMSContext jms = connections.createContext()) {
      jms.createProducer().send(jms.createQueue(queue), text);
    }
  }

  private boolean lists(Xid xid) throws XAException {
    return Arrays.stream(manager.recoveryResource().recover(XAResource.TMSTARTRSCAN))
        .map(XidKey::of)
        .anyMatch(XidKey.of(xid)::equals);
  }

  @Test
  void aBranchPreparedBeforeAKillIsListedAndCommittedByRecovery() throws Exception {
    ManualTransaction transaction = context.begin();
    send("a");
    transaction.vote();

    broker.kill();
    transaction.decide();
    transaction.complete(Status.STATUS_COMMITTED);
    int whileDown = errorOf(() -> lists(transaction.xid()));
    int commitWhileDown =
        errorOf(() -> manager.recoveryResource().commit(transaction.xid(), false));
    broker.restart();

    assertThat(transaction.branch().state()).isEqualTo(BranchState.PREPARED);
    assertThat(whileDown).isEqualTo(XAException.XAER_RMFAIL);
    assertThat(commitWhileDown).isEqualTo(XAException.XA_RETRY);
    assertThat(manager.sessions().active()).isZero();
    assertThat(lists(transaction.xid())).isTrue();
    assertThat(queues.preparedBranches())
        .anyMatch(line -> line.contains(manager.nativeForm(transaction.xid())));
    manager.recoveryResource().commit(transaction.xid(), false);
    assertThat(lists(transaction.xid())).isFalse();
    assertThat(queues.drainTexts(queue)).containsExactly("a");
  }

  @Test
  void aBrokerRestartBetweenTwoTransactionsGoesUnnoticed() throws Exception {
    context.committed(() -> send("before"));
    broker.kill();
    broker.restart();

    context.committed(() -> send("after"));

    assertThat(queues.drainTexts(queue)).containsExactly("before", "after");
  }

  @Test
  void aTransactionWhoseBrokerDiesCannotCommitAndTheNextOneCan() throws Exception {
    ManualTransaction transaction = context.begin();
    send("lost");
    broker.kill();
    Awaitility.await().pollInSameThread().until(() -> !sends("never"));
    boolean stillAccepted = transaction.acceptsWork();
    errorOf(transaction::rollback);
    broker.restart();
    context.committed(() -> send("kept"));

    assertThat(stillAccepted).isFalse();
    assertThat(queues.drainTexts(queue)).containsExactly("kept");
    assertThat(manager.sessions().active()).isZero();
  }

  private boolean sends(String text) {
    try {
      send(text);
      return true;
    } catch (JMSRuntimeException e) {
      return false;
    }
  }

  @Test
  void aBrokerThatIsNotThereIsNamed() {
    broker.kill();
    context.begin();

    assertThatThrownBy(() -> send("a"))
        .isInstanceOf(JMSRuntimeException.class)
        .hasMessageContaining("resource 'events'")
        .hasMessageContaining(broker.url());
  }

  @Test
  void aBrokerThatHangsCostsACallTimeout() throws Exception {
    open(builder -> builder.callTimeout(Duration.ofSeconds(1)));
    context.committed(() -> send("before"));
    ManualTransaction transaction = context.begin();
    send("lost");
    broker.pause();
    long begin = System.nanoTime();
    int error;
    try {
      error = errorOf(transaction::vote);
      errorOf(transaction::rollback);
    } finally {
      broker.resume();
    }

    assertThat(error).isEqualTo(XAException.XAER_RMFAIL);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    assertThat(manager.sessions().active()).isZero();
    context.committed(() -> send("after"));
    assertThat(queues.drainTexts(queue)).containsExactly("before", "after");
  }

  @Test
  void aOnePhaseCommitOverALostConnectionIsARollback() throws Exception {
    ManualTransaction transaction = context.begin();
    send("lost");
    transaction.branch().end(XAResource.TMSUCCESS);
    ((BreakableXaResource) transaction.branch().resource()).breakOff();

    int told = errorOf(transaction::commitInOnePhase);
    transaction.complete(Status.STATUS_ROLLEDBACK);

    assertThat(told).isEqualTo(XAException.XA_RBCOMMFAIL);
    assertThat(manager.sessions().active()).isZero();
    context.committed(() -> send("kept"));
    assertThat(queues.drainTexts(queue)).containsExactly("kept");
  }

  @Test
  void aSendBlockedByAHangingBrokerEndsWhenTheTransactionDoes() throws Exception {
    open(builder -> builder.callTimeout(Duration.ofSeconds(1)));
    ManualTransaction transaction = context.begin();
    AtomicLong sent = new AtomicLong();
    Thread reaper = new Thread(() -> rollBackWhenStuck(transaction, sent));
    try (JMSContext jms = connections.createContext()) {
      Queue destination = jms.createQueue(queue);
      String large = "x".repeat(20_000);
      jms.createProducer().send(destination, large);
      broker.pause();
      reaper.start();

      assertThatThrownBy(
              () -> {
                while (true) {
                  jms.createProducer().send(destination, large);
                  sent.incrementAndGet();
                }
              })
          .isInstanceOf(JMSRuntimeException.class)
          .hasMessageContaining("resource 'events'");
    } finally {
      broker.resume();
    }
    reaper.join(10_000);
    context.leave();
    Awaitility.await().untilAsserted(() -> assertThat(manager.sessions().active()).isZero());
    assertThat(queues.count(queue)).isZero();
  }

  /** Ends the transaction as a timeout does, once its thread makes no more progress. */
  private static void rollBackWhenStuck(ManualTransaction transaction, AtomicLong sent) {
    Awaitility.await()
        .during(Duration.ofMillis(500))
        .until(
            new Callable<>() {
              private long before = -1;

              @Override
              public Boolean call() {
                long now = sent.get();
                boolean stuck = now == before;
                before = now;
                return stuck;
              }
            });
    transaction.setRollbackOnly(new RuntimeException("timed out"));
    errorOf(transaction::rollback);
  }

  @Test
  void aSessionWhoseBranchHasVotedAndIsToldLaterLosesNothing() throws Exception {
    ManualTransaction transaction = context.begin();
    send("a");
    transaction.vote();
    // Its database has not committed yet: the broker is told by recovery.
    transaction.complete(Status.STATUS_COMMITTED);

    assertThat(manager.sessions().active()).isZero();
    assertThat(manager.sessions().idle()).isEqualTo(1);
    Awaitility.await().until(() -> broker.isAlive() && lists(transaction.xid()));
    manager.recoveryResource().commit(transaction.xid(), false);
    assertThat(queues.drainTexts(queue)).containsExactly("a");
  }

  @Test
  void closingTheResourceLeavesAPreparedBranchAndRollsAnActiveOneBack() throws Exception {
    ManualTransaction prepared = context.begin();
    send("prepared");
    prepared.vote();
    ManualTransaction active = context.begin();
    send("active");
    context.leave();

    open(builder -> builder);

    assertThat(lists(prepared.xid())).isTrue();
    assertThat(errorOf(() -> manager.recoveryResource().rollback(active.xid())))
        .isEqualTo(XAException.XAER_NOTA);
    manager.recoveryResource().commit(prepared.xid(), false);
    assertThat(queues.drainTexts(queue)).containsExactly("prepared");
  }

  @Test
  void recoveryRollsBackAndKnowsNoStranger() throws Exception {
    ManualTransaction transaction = context.begin();
    send("a");
    transaction.vote();
    transaction.complete(Status.STATUS_UNKNOWN);

    manager.recoveryResource().rollback(transaction.xid());

    assertThat(lists(transaction.xid())).isFalse();
    assertThat(errorOf(() -> manager.recoveryResource().rollback(transaction.xid())))
        .isEqualTo(XAException.XAER_NOTA);
    assertThat(manager.recoveryResource().recover(XAResource.TMNOFLAGS)).isEmpty();
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void recoveryCanPrepareAProbe() throws Exception {
    XAResource recovery = manager.recoveryResource();
    Xid probe = TestXid.usual();

    recovery.start(probe, XAResource.TMNOFLAGS);
    recovery.end(probe, XAResource.TMSUCCESS);
    recovery.prepare(probe);
    boolean listed = lists(probe);
    recovery.rollback(probe);

    assertThat(listed).isTrue();
    assertThat(lists(probe)).isFalse();
  }

  @Test
  void aTimeoutIsSentOnceAndNeverAsZero() throws Exception {
    List<Integer> timeouts = new CopyOnWriteArrayList<>();
    ActiveMQConnectionFactory factory =
        new ActiveMQConnectionFactory(broker.url() + "?useTopologyForLoadBalancing=false");
    factory
        .getServerLocator()
        .addOutgoingInterceptor(
            (packet, connection) -> {
              if (packet instanceof SessionXASetTimeoutMessage timeout) {
                timeouts.add(timeout.getTimeoutSeconds());
              }
              return true;
            });
    openWith(ArtemisResource.named("events").connectionFactory(factory));
    ManualTransaction transaction = context.begin();
    send("a");
    boolean accepted = transaction.branch().resource().setTransactionTimeout(0);
    transaction.commit();
    context.committed(() -> send("b"));

    assertThat(accepted).isTrue();
    assertThat(timeouts).containsExactly(60);
    factory.close();
  }

  private static int errorOf(XaWork call) {
    try {
      call.run();
      return 0;
    } catch (XAException e) {
      return e.errorCode;
    }
  }

  private interface XaWork {
    void run() throws XAException;
  }
}
