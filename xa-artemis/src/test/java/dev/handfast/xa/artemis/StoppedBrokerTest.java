package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.spi.BreakableXaResource;
import dev.handfast.xa.testkit.LogCapture;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The broker's process is stopped: it takes connections, and answers nothing. */
class StoppedBrokerTest extends BrokerFixture {

  /** More than the bound of closing, and less than one call after the other would take. */
  private static final Duration BOUND = Duration.ofSeconds(8);

  private static final int SESSIONS = 5;

  private void send(String text) {
    try (JMSContext jms = connections.createContext()) {
      jms.createProducer().send(jms.createQueue(queue), text);
    }
  }

  private Duration closed() {
    broker.pause();
    long begin = System.nanoTime();
    try {
      manager.close();
      return Duration.ofNanos(System.nanoTime() - begin);
    } finally {
      broker.resume();
    }
  }

  private void openPatient() {
    open(builder -> builder.callTimeout(Duration.ofSeconds(10)));
  }

  @Test
  void closingIdleSessionsIsBounded() throws Exception {
    openPatient();
    List<ManualTransaction> all = begun();
    for (ManualTransaction each : all) {
      each.commit();
    }
    manager.recoveryResource().recover(XAResource.TMSTARTRSCAN);
    send("plain");

    assertThat(manager.sessions().idle()).isEqualTo(SESSIONS);
    assertThat(closed()).isLessThan(BOUND);
  }

  private List<ManualTransaction> begun() {
    List<ManualTransaction> all = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      all.add(context.begin());
      send("text");
      context.leave();
    }
    return all;
  }

  @Test
  void closingActiveSessionsIsBoundedAndLeavesNothing() throws Exception {
    openPatient();
    begun();
    ManualTransaction voted = context.begin();
    send("voted");
    voted.vote();
    context.leave();

    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis")) {
      assertThat(closed()).isLessThan(BOUND);
      assertThat(log.lines()).filteredOn(line -> line.contains("HANDFAST003004")).hasSize(1);
    }
    open(builder -> builder);

    manager.recoveryResource().commit(voted.xid(), false);
    assertThat(queues.drainTexts(queue)).containsExactly("voted");
  }

  @Test
  void closingWhileThreadsConsumeIsBounded() throws Exception {
    openPatient();
    CountDownLatch consuming = new CountDownLatch(SESSIONS);
    List<FutureTask<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      FutureTask<Boolean> task = new FutureTask<>(() -> consume(consuming));
      all.add(task);
      new Thread(task).start();
    }
    assertThat(consuming.await(30, TimeUnit.SECONDS)).isTrue();

    assertThat(closed()).isLessThan(BOUND);
    for (FutureTask<Boolean> task : all) {
      assertThat(task.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private boolean consume(CountDownLatch consuming) {
    context.begin();
    try (JMSContext jms = connections.createContext()) {
      var consumer = jms.createConsumer(jms.createQueue(queue));
      consumer.receiveNoWait();
      consuming.countDown();
      consumer.receive();
      return false;
    } catch (JMSRuntimeException e) {
      return true;
    }
  }

  @Test
  void whoIsBlockedInACallIsWokenWhenItIsBrokenOff() throws Exception {
    openPatient();
    ManualTransaction transaction = context.begin();
    send("lost");
    context.leave();
    broker.pause();
    try {
      FutureTask<Integer> vote = new FutureTask<>(() -> errorOf(transaction));
      Thread voter = new Thread(vote);
      voter.start();
      Awaitility.await().until(() -> voter.getState() == Thread.State.TIMED_WAITING);
      var resource = (BreakableXaResource) transaction.branch().resource();

      resource.breakOff();
      resource.breakOff();

      assertThat(vote.get(5, TimeUnit.SECONDS)).isEqualTo(XAException.XAER_RMFAIL);
      assertThat(errorOf(transaction)).isEqualTo(XAException.XAER_RMFAIL);
    } finally {
      broker.resume();
    }
  }

  private static int errorOf(ManualTransaction transaction) {
    try {
      transaction.vote();
      return 0;
    } catch (XAException e) {
      return e.errorCode;
    }
  }
}
