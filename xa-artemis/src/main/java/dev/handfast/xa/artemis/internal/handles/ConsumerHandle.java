package dev.handfast.xa.artemis.internal.handles;

import dev.handfast.xa.artemis.internal.branch.ReceivedMessage;
import dev.handfast.xa.artemis.internal.branch.TransactionSession;
import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.Failures;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageListener;
import jakarta.jms.Topic;
import jakarta.jms.TopicSubscriber;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of the application's. It belongs to the one transaction in which it was created, or to
 * none, because the broker ties a consumer to the session that it was opened on.
 */
final class ConsumerHandle implements TopicSubscriber {

  /** The longest time that a receipt keeps the end of its transaction waiting. */
  private static final long SLICE_MILLIS = 100;

  private final SessionHandle session;
  private final @Nullable TransactionSession owner;
  private final MessageConsumer real;
  private volatile @Nullable MessageListener listener;
  private volatile boolean closed;

  ConsumerHandle(SessionHandle session, @Nullable TransactionSession owner, MessageConsumer real) {
    this.session = session;
    this.owner = owner;
    this.real = real;
  }

  /** Waits without end, as Jakarta Messaging 3.1 says of {@code receive()}. */
  @Override
  public @Nullable Message receive() throws JMSException {
    return receive(0);
  }

  @Override
  public @Nullable Message receive(long timeoutMillis) throws JMSException {
    checkPlace();
    return seen(owner == null ? real.receive(timeoutMillis) : receiveIn(owner, timeoutMillis));
  }

  @Override
  public @Nullable Message receiveNoWait() throws JMSException {
    checkPlace();
    if (owner == null) {
      return seen(real.receiveNoWait());
    }
    if (!deliver(owner)) {
      return null;
    }
    return seen(take(owner, real::receiveNoWait));
  }

  private @Nullable Message seen(@Nullable Message message) {
    return message == null
        ? null
        : ReceivedMessage.of(
            session.transactions(), message, owner != null || session.acknowledgesByHand());
  }

  private @Nullable Message receiveIn(TransactionSession place, long timeoutMillis)
      throws JMSException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (timeoutMillis > 0 && left <= 0) {
        return null;
      }
      long slice = timeoutMillis == 0 ? SLICE_MILLIS : Math.min(left, SLICE_MILLIS);
      deliver(place);
      Message message = take(place, () -> real.receive(slice));
      if (message != null || closed) {
        return message;
      }
    }
  }

  private interface Receipt {
    @Nullable Message now() throws JMSException;
  }

  /**
   * Receives nothing from a consumer that another thread closed meanwhile: the client would mark
   * the session's branch for rollback. The session's lock, which closing takes too, keeps it open.
   */
  private @Nullable Message take(TransactionSession place, Receipt receipt) throws JMSException {
    return place
        .inBranch(ignored -> Optional.ofNullable(closed ? null : receipt.now()))
        .orElse(null);
  }

  private boolean deliver(TransactionSession place) throws JMSException {
    boolean started = session.connection().isStarted();
    if (started) {
      place.startDelivery();
    }
    return started;
  }

  private void checkPlace() throws JMSException {
    if (closed) {
      throw Failures.illegal(settings(), "the consumer is closed", "create another");
    }
    if (owner == null) {
      session
          .transactions()
          .refuseInTransaction(
              "a consumer opened outside it",
              "the broker ties a consumer to the session it was opened on",
              "create the consumer inside the transaction");
      return;
    }
    if (session.transactions().current() != owner) {
      throw Failures.illegal(
          settings(),
          "the consumer was opened in transaction "
              + owner.transaction().gtrid()
              + " and can be used in no other and not outside",
          "create a consumer in each transaction");
    }
  }

  private ArtemisSettings settings() {
    return session.transactions().settings();
  }

  @Override
  public @Nullable String getMessageSelector() throws JMSException {
    return real.getMessageSelector();
  }

  @Override
  public @Nullable MessageListener getMessageListener() throws JMSException {
    return listener;
  }

  @Override
  public void setMessageListener(@Nullable MessageListener newListener) throws JMSException {
    checkPlace();
    if (owner != null) {
      throw Failures.notInTransaction(
          settings(),
          "a message listener",
          "it is called on another thread, which has no transaction",
          "call receive");
    }
    real.setMessageListener(
        newListener == null ? null : message -> newListener.onMessage(seen(message)));
    listener = newListener;
  }

  @Override
  public Topic getTopic() throws JMSException {
    return ((TopicSubscriber) real).getTopic();
  }

  @Override
  public boolean getNoLocal() throws JMSException {
    return ((TopicSubscriber) real).getNoLocal();
  }

  @Override
  public void close() throws JMSException {
    if (closed) {
      return;
    }
    closed = true;
    session.closed(this);
    if (owner == null) {
      real.close();
    } else {
      owner.close(real);
    }
  }
}
