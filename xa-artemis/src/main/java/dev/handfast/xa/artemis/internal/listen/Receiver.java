package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.Failures;
import dev.handfast.xa.artemis.internal.client.LastingQueues;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Objects;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.jspecify.annotations.Nullable;

/**
 * One receiver of a listener. On a thread of its own it takes a message, has it handled, and takes
 * the next. It opens its session anew when that was lost.
 */
final class Receiver implements Runnable {

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final ThreadLocal<Boolean> RECEIVES = ThreadLocal.withInitial(() -> false);

  private final BrokerClient client;
  private final LastingQueues queues;
  private final ListenerSource source;
  private final ListenerOptions options;
  private final MessageHandler handler;
  private final MessageGroupOrder groups;
  private final IntakeSwitch intake;
  private final ListenerOutage outage;
  private @Nullable ReceiverSession prepared;
  private volatile @Nullable ReceiverSession session;
  private volatile @Nullable Thread handling;
  private Duration wait = SHORTEST_WAIT;

  Receiver(
      BrokerClient client,
      LastingQueues queues,
      ListenerSource source,
      ListenerOptions options,
      MessageHandler handler,
      MessageGroupOrder groups,
      IntakeSwitch intake,
      ListenerOutage outage) {
    this.client = client;
    this.queues = queues;
    this.source = source;
    this.options = options;
    this.handler = handler;
    this.groups = groups;
    this.intake = intake;
    this.outage = outage;
  }

  /** Opens the first session, before the receiver's thread begins. */
  void prepare() throws JMSException {
    prepared = ReceiverSession.open(client, queues, source);
  }

  /** Returns whether the calling thread belongs to a receiver, of any listener. */
  static boolean isCurrent() {
    return RECEIVES.get();
  }

  @Override
  public void run() {
    RECEIVES.set(true);
    while (awaitOpen()) {
      if (!takesAll() && intake.stayOpen(wait)) {
        wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
      }
    }
  }

  /** Waits until messages may be taken, and holds none meanwhile. Returns false for the end. */
  private boolean awaitOpen() {
    if (!intake.isOpen()) {
      giveBack();
    }
    return intake.awaitOpen();
  }

  /** Closes the session that was prepared, if it was not used yet. */
  void giveBack() {
    ReceiverSession unused = prepared;
    prepared = null;
    if (unused != null) {
      unused.close();
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Takes messages with one session as long as that works. Returns false if it failed. */
  private boolean takesAll() {
    try (ReceiverSession current = open()) {
      session = current;
      outage.back();
      Next next = Next.TAKE;
      while (next == Next.TAKE && intake.isOpen()) {
        next = takeOne(current);
        Thread.interrupted(); // a body's interrupt is no business of the next one
      }
      if (!current.session().isAlive()) {
        outage.lost("the connection was lost");
        return false;
      }
      return next != Next.WAIT;
    } catch (JMSException | RuntimeException e) {
      outage.lost(Failures.reason(e));
      return false;
    } catch (Error e) {
      outage.failed(e);
      return false;
    } finally {
      session = null;
    }
  }

  private ReceiverSession open() throws JMSException {
    ReceiverSession first = prepared;
    prepared = null;
    return first == null ? ReceiverSession.open(client, queues, source) : first;
  }

  private enum Next {
    TAKE,
    REOPEN,
    WAIT
  }

  private Next takeOne(ReceiverSession current) throws JMSException {
    ClientMessage message = current.take();
    if (message == null) {
      return Next.REOPEN;
    }
    if (message.getDeliveryCount() > 1 && !intake.stayOpen(options.redeliveryDelay())) {
      return Next.REOPEN;
    }
    MessageGroupOrder.Turn turn = groups.begin(message.getGroupID());
    if (turn == null) {
      awaitGroup(current, Objects.requireNonNull(message.getGroupID(), "group"));
      return Next.REOPEN;
    }
    if (!current.begin()) {
      turn.end();
      return Next.REOPEN;
    }
    return handle(current, message, turn);
  }

  private Next handle(ReceiverSession current, ClientMessage message, MessageGroupOrder.Turn turn) {
    DeliveryAttempt attempt = new DeliveryAttempt();
    boolean handled = false;
    handling = Thread.currentThread();
    try {
      handled = handler.handle(current, message, attempt);
    } finally {
      handling = null;
      attempt.whenFinished(turn::end);
      current.done();
    }
    if (handled) {
      wait = SHORTEST_WAIT;
      return current.isUsable() ? Next.TAKE : Next.REOPEN;
    }
    return Next.WAIT;
  }

  /**
   * Waits for the earlier message of the group. The caller gives its own back afterwards, because
   * the earlier one may have come back before it.
   */
  private void awaitGroup(ReceiverSession current, SimpleString group) {
    while (intake.isOpen() && current.isUsable() && groups.isTaken(group)) {
      intake.stayOpen(SHORTEST_WAIT);
    }
  }

  /** Returns whether a message is being handled, as a body does. */
  boolean isHandling() {
    return handling != null;
  }

  /** Interrupts the body, if there is one. May be called from any thread. */
  void interruptBody() {
    Thread thread = handling;
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Keeps the receiver from beginning another message. May be called from any thread. */
  void hold() {
    ReceiverSession current = session;
    if (current != null) {
      current.hold();
    }
  }

  /** Ends the taking and waits for the broker's answer. May be called from any thread. */
  void stop() {
    ReceiverSession current = session;
    if (current != null) {
      current.stop();
    }
  }
}
