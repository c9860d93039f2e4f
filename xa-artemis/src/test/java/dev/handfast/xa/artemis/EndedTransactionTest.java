package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.transaction.Synchronization;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A transaction times out while its branch begins on another thread. There is one session, and the
 * next transaction works with it, or with another one; it is its own alone.
 */
class EndedTransactionTest extends BrokerFixture {

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile Place pausesAt = Place.BEFORE_THE_START;
  private volatile @Nullable GlobalTransaction slow;

  private enum Place {
    BEFORE_THE_START,
    AFTER_THE_START
  }

  @BeforeEach
  void openWithOneSession() {
    manager.close();
    manager =
        (ArtemisResourceManager)
            ArtemisResource.named("events")
                .url(broker.url())
                .callTimeout(Duration.ofSeconds(2))
                .maxSessions(1)
                .build()
                .open(new Pausing());
    connections = manager.handle();
  }

  private void send(String text) {
    try (JMSContext jms = connections.createContext()) {
      jms.createProducer().send(jms.createQueue(queue), text);
    }
  }

  /** Begins the slow transaction on a thread, which pauses, and ends it here as a timeout does. */
  private FutureTask<Boolean> overtaken(Place place) throws Exception {
    pausesAt = place;
    ManualTransaction first = context.begin();
    context.leave();
    slow = first;
    FutureTask<Boolean> sender =
        new FutureTask<>(
            () -> {
              context.enter(first);
              send("A");
              return true;
            });
    new Thread(sender).start();
    assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
    first.rollback();
    return sender;
  }

  @ParameterizedTest
  @EnumSource
  void theNextTransactionRollsBackAllOfItsOwn(Place place) throws Exception {
    FutureTask<Boolean> sender = overtaken(place);

    ManualTransaction next = context.begin();
    send("B1");
    over.countDown();
    assertThatThrownBy(() -> sender.get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JMSRuntimeException.class);
    send("B2");
    next.rollback();
    context.leave();

    assertThat(queues.count(queue)).isZero();
    assertThat(manager.sessions().active()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void theNextTransactionCommitsAllOfItsOwn(Place place) throws Exception {
    FutureTask<Boolean> sender = overtaken(place);

    context.committed(
        () -> {
          send("B1");
          over.countDown();
          assertThatThrownBy(() -> sender.get(30, TimeUnit.SECONDS))
              .hasCauseInstanceOf(JMSRuntimeException.class);
          send("B2");
        });
    context.committed(() -> send("C"));

    assertThat(queues.drainTexts(queue)).containsExactly("B1", "B2", "C");
  }

  /** Transactions of which one pauses while it enlists. */
  private final class Pausing implements ResourceContext {

    @Override
    public @Nullable GlobalTransaction current() {
      ManualTransaction current = context.current();
      return current == null || current != slow ? current : new Slow(current);
    }

    @Override
    public Duration recoveryCallTimeout() {
      return context.recoveryCallTimeout();
    }

    @Override
    public Probes probes() {
      return context.probes();
    }

    @Override
    public <X extends Exception> void transaction(@Nullable Duration timeout, Incoming<X> work) {
      throw new UnsupportedOperationException();
    }
  }

  private void pause(Place here) {
    if (here != pausesAt) {
      return;
    }
    arrived.countDown();
    try {
      assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Rolls a branch back that began too late, as Narayana does. */
  private final class Slow implements GlobalTransaction {

    private final ManualTransaction real;

    Slow(ManualTransaction real) {
      this.real = real;
    }

    @Override
    public Branch enlist(XAResource resource) throws EnlistmentException {
      pause(Place.BEFORE_THE_START);
      try {
        resource.start(real.xid(), XAResource.TMNOFLAGS);
        pause(Place.AFTER_THE_START);
        resource.end(real.xid(), XAResource.TMFAIL);
        resource.rollback(real.xid());
      } catch (XAException e) {
        throw new EnlistmentException("could not start", e);
      }
      throw new EnlistmentException("it is over");
    }

    @Override
    public String gtrid() {
      return real.gtrid();
    }

    @Override
    public boolean acceptsWork() {
      return real.acceptsWork();
    }

    @Override
    public String refusal() {
      return real.refusal();
    }

    @Override
    public void register(Synchronization synchronization) {
      real.register(synchronization);
    }

    @Override
    public @Nullable Object get(Object key) {
      return real.get(key);
    }

    @Override
    public void put(Object key, Object value) {
      real.put(key, value);
    }

    @Override
    public void did(Supplier<String> what) {
      real.did(what);
    }

    @Override
    public String lastDone() {
      return real.lastDone();
    }

    @Override
    public void setRollbackOnly(Throwable cause) {
      real.setRollbackOnly(cause);
    }
  }
}
