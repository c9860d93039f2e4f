package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.spi.XaCall;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnection;
import org.jspecify.annotations.Nullable;

/**
 * One XA session on a connection of its own, so that a failure takes nobody else along. Used by one
 * transaction at a time, under {@link #lock()}: the client's session is not safe for use by many
 * threads, and a timeout ends a transaction on another thread than the one that works in it.
 */
public final class XaSession {

  private static final int UNLIMITED_RATE = -1;

  /** A session that was idle for longer must show with a round trip that the broker answers. */
  private static final long TRUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ActiveMQConnection connection;
  private final ActiveMQSession session;
  private final MessageProducer producer;
  private final ReentrantLock lock = new ReentrantLock(true);
  private long lastUsed = System.nanoTime();
  private int timeout = -1;
  private boolean started;
  private volatile boolean broken;

  XaSession(ActiveMQConnection connection, ActiveMQXAConnection xa) throws JMSException {
    this.connection = connection;
    this.session = (ActiveMQSession) xa.createXASession();
    this.producer = session.createProducer(null);
  }

  public ActiveMQConnection connection() {
    return connection;
  }

  public ActiveMQSession session() {
    return session;
  }

  public ClientSession core() {
    return session.getCoreSession();
  }

  /** Returns the session's one producer, which has no destination of its own. */
  public MessageProducer producer() {
    return producer;
  }

  public ReentrantLock lock() {
    return lock;
  }

  /** Marks the session: nobody uses it again, and it is closed without asking the broker. */
  public void markBroken() {
    broken = true;
  }

  /** Returns false once the session is marked broken or the client has lost its connection. */
  public boolean isAlive() {
    return !broken && !core().isClosed();
  }

  /** Returns true if the broker still answers on this session. */
  public boolean isUsable() {
    if (!isAlive()) {
      return false;
    }
    if (System.nanoTime() - lastUsed < TRUSTED_NANOS) {
      return true;
    }
    try {
      XaCall.ask(core(), XAResource::getTransactionTimeout);
      return true;
    } catch (XAException e) {
      return false;
    }
  }

  /**
   * Sets the timeout of the next branch. The broker keeps it with the session, so the same value
   * need not be sent again; 0 would end the branch at once and is never sent.
   */
  public boolean setTransactionTimeout(int seconds) throws XAException {
    if (seconds > 0 && seconds != timeout) {
      timeout = -1;
      if (!XaCall.ask(core(), core -> core.setTransactionTimeout(seconds))) {
        return false;
      }
      timeout = seconds;
    }
    return true;
  }

  /**
   * Opens a consumer of the core API, which takes messages without acknowledging them.
   *
   * @param window how many bytes of messages the broker sends ahead
   */
  public ClientConsumer consumer(SimpleString queue, @Nullable SimpleString filter, int window)
      throws ActiveMQException {
    return core().createConsumer(queue, filter, window, UNLIMITED_RATE, false);
  }

  /** Lets messages be delivered to this session's consumers. */
  public void start() throws JMSException {
    if (!started) {
      session.start();
      started = true;
    }
  }

  /** Gets the session ready for the next transaction. */
  public void reset() throws JMSException {
    if (started) {
      session.stop();
      started = false;
    }
    lastUsed = System.nanoTime();
  }
}
