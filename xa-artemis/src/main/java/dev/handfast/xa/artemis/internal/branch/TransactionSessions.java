package dev.handfast.xa.artemis.internal.branch;

import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.DestinationCache;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.LastingQueues;
import dev.handfast.xa.artemis.internal.client.XaSession;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.ResourceContext;
import jakarta.jms.JMSException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the XA session of the calling thread's transaction, and borrows one from the pool where the
 * transaction has none yet. Safe for use by many threads.
 */
public final class TransactionSessions implements AutoCloseable {

  private final ResourceContext context;
  private final BrokerClient client;
  private final XaSessionPool pool;
  private final LastingQueues queues;
  private final Set<TransactionSession> open = ConcurrentHashMap.newKeySet();

  public TransactionSessions(ResourceContext context, BrokerClient client) {
    this.context = context;
    this.client = client;
    this.pool = new XaSessionPool(client);
    this.queues = new LastingQueues(client.settings());
  }

  public ArtemisSettings settings() {
    return client.settings();
  }

  public DestinationCache destinations() {
    return client.destinations();
  }

  public XaSessionPool pool() {
    return pool;
  }

  public LastingQueues queues() {
    return queues;
  }

  /** Returns whether the thread has a transaction, even one that is marked for rollback or over. */
  public boolean isInTransaction() {
    return context.current() != null;
  }

  /**
   * Returns the session of the thread's transaction, or null outside one.
   *
   * @throws JMSException if the transaction takes no more work, or there is no session to be had
   */
  public @Nullable TransactionSession current() throws JMSException {
    GlobalTransaction transaction = context.current();
    if (transaction == null) {
      return null;
    }
    if (!transaction.acceptsWork()) {
      throw Failures.refused(settings(), transaction);
    }
    Object joined = transaction.get(this);
    return joined == null ? join(transaction) : (TransactionSession) joined;
  }

  private TransactionSession join(GlobalTransaction transaction) throws JMSException {
    return join(transaction, pool.borrow(), pool);
  }

  /**
   * Gives a session to a transaction, which must have none yet.
   *
   * @param owner gets the session back when the transaction is over
   */
  public TransactionSession join(
      GlobalTransaction transaction, XaSession own, XaSessionOwner owner) {
    TransactionSession session =
        new TransactionSession(client, own, owner, queues, transaction, open);
    open.add(session);
    try {
      transaction.register(session);
      transaction.put(this, session);
      return session;
    } catch (RuntimeException | Error e) {
      session.leave();
      throw e;
    }
  }

  /** Refuses something that only a local session can do while the thread has a transaction. */
  public void refuseInTransaction(String what, String reason, String mend) throws JMSException {
    if (isInTransaction()) {
      throw Failures.notInTransaction(settings(), what, reason, mend);
    }
  }

  @Override
  public void close() {
    List.copyOf(open).forEach(TransactionSession::abandon);
    pool.close();
  }
}
