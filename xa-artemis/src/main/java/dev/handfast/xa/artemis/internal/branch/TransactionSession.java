package dev.handfast.xa.artemis.internal.branch;

import dev.handfast.xa.artemis.internal.client.ArtemisLog;
import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.DestinationCache;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.LastingQueues;
import dev.handfast.xa.artemis.internal.client.XaSession;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.XaCall;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.transaction.Synchronization;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;
import org.apache.activemq.artemis.jms.client.JMSExceptionHelper;
import org.jspecify.annotations.Nullable;

/**
 * The one XA session of one global transaction at one broker. It is borrowed from the pool when the
 * transaction first needs one, or belongs to the receiver that took a message. It is enlisted when
 * it first sends or consumes. When the transaction is over, the session goes back to its owner if
 * its branch is finished, or has voted and waits for databases to commit before it; else it is
 * closed, and the broker keeps the vote.
 */
public final class TransactionSession implements Synchronization {

  /** Something done with a session of the client. */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object> {
    T on(ActiveMQSession session) throws JMSException;
  }

  private final ArtemisSettings settings;
  private final GlobalTransaction transaction;
  private final XaSessionOwner owner;
  private final LastingQueues queues;
  private final Set<TransactionSession> open;
  private final XaSession session;
  private final BrokerBranchResource resource;
  private final Set<MessageConsumer> consumers = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Branch branch;
  private volatile boolean over;

  TransactionSession(
      BrokerClient client,
      XaSession session,
      XaSessionOwner owner,
      LastingQueues queues,
      GlobalTransaction transaction,
      Set<TransactionSession> open) {
    this.settings = client.settings();
    this.queues = queues;
    this.transaction = transaction;
    this.owner = owner;
    this.open = open;
    this.session = session;
    this.resource = new BrokerBranchResource(client, session);
  }

  public GlobalTransaction transaction() {
    return transaction;
  }

  /** Does work that needs no branch, such as making a message or looking up a queue. */
  public <T extends @Nullable Object> T aside(Work<T> work) throws JMSException {
    return exclusively(() -> !over, work);
  }

  /**
   * Does work in the branch. The first such work enlists the session, which begins the branch. Call
   * it on the thread of the transaction.
   */
  public <T extends @Nullable Object> T inBranch(Work<T> work) throws JMSException {
    enlist();
    return exclusively(() -> !over && resource.isAssociated(), work);
  }

  private <T extends @Nullable Object> T exclusively(BooleanSupplier allowed, Work<T> work)
      throws JMSException {
    session.lock().lock();
    try {
      if (!allowed.getAsBoolean()) {
        throw Failures.overtaken(settings, transaction);
      }
      return watched(work);
    } finally {
      session.lock().unlock();
    }
  }

  private <T extends @Nullable Object> T watched(Work<T> work) throws JMSException {
    try {
      return work.on(session.session());
    } catch (JMSException | RuntimeException e) {
      if (session.isAlive() && !Failures.isConnectionLost(e)) {
        throw e;
      }
      session.markBroken();
      JMSException lost = Failures.lost(settings, transaction, e);
      if (!over && branch != null) {
        transaction.setRollbackOnly(lost);
      }
      throw lost;
    }
  }

  /**
   * Begins the branch. It holds the session's lock meanwhile, so that a transaction that ends on
   * another thread finds the session busy, and nobody else gets it.
   */
  private void enlist() throws JMSException {
    if (branch != null) {
      return;
    }
    session.lock().lock();
    try {
      if (over) {
        throw Failures.overtaken(settings, transaction);
      }
      branch = transaction.enlist(resource);
    } catch (RuntimeException | Error e) {
      session.markBroken();
      throw e;
    } catch (EnlistmentException e) {
      session.markBroken();
      throw Failures.caused(
          settings.owner()
              + ": transaction "
              + transaction.gtrid()
              + " could not begin its branch: "
              + Failures.reason(e),
          e);
    } finally {
      session.lock().unlock();
    }
  }

  /** Acknowledges, in the branch, one message that this session took outside the transaction. */
  public void acknowledge(ClientMessage message) throws JMSException {
    transaction.did(() -> "acknowledge a message");
    inBranch(
        ignored -> {
          try {
            message.individualAcknowledge();
            return true;
          } catch (ActiveMQException e) {
            throw JMSExceptionHelper.convertFromActiveMQException(e);
          }
        });
  }

  /** Returns whether the branch was rolled back. */
  public boolean isRolledBack() {
    Branch begun = branch;
    return begun != null && begun.state() == BranchState.ROLLED_BACK;
  }

  /** Runs an action once the branch is finished, or now if there is none. */
  public void whenFinished(Runnable action) {
    Branch begun = branch;
    if (begun == null) {
      action.run();
    } else {
      begun.whenFinished(action);
    }
  }

  /** Sends through the session's one producer. */
  public void send(OutgoingMessage message) throws JMSException {
    transaction.did(message::shown);
    inBranch(
        jms -> {
          queues.requireReached(jms.getCoreSession(), message.destination());
          message.sendBy(session.producer());
          return true;
        });
  }

  /** Opens a consumer in the branch. */
  public MessageConsumer consumer(@Nullable Destination destination, Work<MessageConsumer> maker)
      throws JMSException {
    transaction.did(() -> "consume from " + DestinationCache.shown(destination));
    return inBranch(
        jms -> {
          queues.require(jms.getCoreSession(), destination);
          MessageConsumer consumer = maker.on(jms);
          consumers.add(consumer);
          return consumer;
        });
  }

  public void startDelivery() throws JMSException {
    aside(
        ignored -> {
          session.start();
          return true;
        });
  }

  public void close(MessageConsumer consumer) throws JMSException {
    if (!over) {
      exclusively(
          () -> true,
          ignored -> {
            if (!over && consumers.remove(consumer)) {
              consumer.close();
            }
            return true;
          });
    }
  }

  @Override
  public void beforeCompletion() {
    // Nothing is held back: sends are with the broker, acknowledgements go with the end.
  }

  @Override
  public void afterCompletion(int status) {
    leave();
  }

  /** Gives the session back or closes it. A second call does nothing. */
  void leave() {
    if (!open.remove(this)) {
      return;
    }
    over = true;
    try {
      release();
    } catch (Error e) {
      owner.discard(session);
      throw e;
    }
  }

  private void release() {
    resource.leave();
    Branch finished = branch;
    BranchState state = finished == null ? BranchState.READ_ONLY : finished.state();
    if ((isClean(state) || waits(state)) && session.isAlive() && resets()) {
      owner.giveBack(session);
      return;
    }
    if (state.mayHaveVoted()) {
      ArtemisLog.leftInDoubt(settings.name(), transaction.gtrid(), state.name());
    }
    owner.discard(session);
  }

  /**
   * Rolls a branch back that has not voted, and takes the session from its transaction. Called when
   * the resource is closed, after which nobody will end the transaction.
   */
  void abandon() {
    Branch unfinished = branch;
    if (unfinished != null && unfinished.state() == BranchState.ACTIVE) {
      ArtemisLog.rolledBackAtClose(settings.name(), transaction.gtrid());
      try {
        XaCall.order(resource, ours -> rollBack(ours, unfinished.xid()));
      } catch (XAException e) {
        session.markBroken();
        ArtemisLog.debug(settings.name(), "rolling back at close failed", e);
      }
    }
    leave();
  }

  private static void rollBack(XAResource resource, Xid xid) throws XAException {
    resource.end(xid, XAResource.TMFAIL);
    resource.rollback(xid);
  }

  /** The broker keeps the vote without this session, and recovery tells it the decision. */
  private boolean waits(BranchState state) {
    return state == BranchState.PREPARED && !resource.isTold();
  }

  private static boolean isClean(BranchState state) {
    return switch (state) {
      case READ_ONLY, COMMITTED, ROLLED_BACK -> true;
      case ACTIVE, PREPARING, PREPARED, HEURISTIC, UNKNOWN -> false;
    };
  }

  /**
   * Gets the session ready for its next transaction.
   *
   * @return false if a thread of the application still works on the session, or it has failed
   */
  private boolean resets() {
    if (!session.lock().tryLock()) {
      return false;
    }
    try {
      for (MessageConsumer consumer : consumers) {
        consumer.close();
      }
      consumers.clear();
      owner.reset(session);
      return session.isAlive();
    } catch (JMSException | RuntimeException e) {
      ArtemisLog.debug(settings.name(), "a session could not be used again", e);
      return false;
    } finally {
      session.lock().unlock();
    }
  }
}
