package dev.handfast.xa.artemis;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a listener takes messages: an immutable value; each method returns a changed copy. Values are
 * checked by {@link ArtemisConnections#listen}.
 */
public final class ListenerOptions {

  private static final ListenerOptions DEFAULTS = new ListenerOptions(new Values());

  private final Values values;

  private ListenerOptions(Values values) {
    this.values = values;
  }

  /** Returns one receiver, five redeliveries without delay, the broker's dead-letter address. */
  public static ListenerOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets how many messages are handled at a time, each by a receiver with a connection and a thread
   * of its own; 1 to 1000, 1 unless told.
   */
  public ListenerOptions concurrency(int receivers) {
    return with(copy -> copy.concurrency = receivers);
  }

  /** Takes only messages that match a selector of JMS. */
  public ListenerOptions selector(String selector) {
    Objects.requireNonNull(selector, "selector");
    return with(copy -> copy.selector = selector);
  }

  /**
   * Takes from a topic's durable shared subscription of that name, which is made if it is not
   * there. It goes on collecting while no listener is open.
   */
  public ListenerOptions subscription(String name) {
    Objects.requireNonNull(name, "name");
    return with(copy -> copy.subscription = name);
  }

  /** Sets the timeout of each message's transaction; the runtime's default unless told. */
  public ListenerOptions transactionTimeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    return with(copy -> copy.timeout = timeout);
  }

  /**
   * Sets how often a message is delivered again after a rollback, before it is moved to the
   * dead-letter destination; 0 to 1000, 5 unless told. Deliveries to processes that were killed
   * count too.
   */
  public ListenerOptions redeliveryLimit(int redeliveries) {
    return with(copy -> copy.redeliveries = redeliveries);
  }

  /**
   * Sets how long a receiver holds a redelivered message before it tries again, at most a day; 0
   * unless told. The receiver takes no other message meanwhile, so that nothing is overtaken.
   */
  public ListenerOptions redeliveryDelay(Duration delay) {
    Objects.requireNonNull(delay, "delay");
    return with(copy -> copy.delay = delay);
  }

  /**
   * Sets the queue for messages that were given up; the broker's dead-letter address unless told.
   * See {@link DeadLetter} for what they carry.
   */
  public ListenerOptions deadLetter(String queue) {
    Objects.requireNonNull(queue, "queue");
    return with(copy -> copy.deadLetter = queue);
  }

  /**
   * Refuses to start where the broker would let a later message of a group ({@code JMSXGroupID})
   * overtake an earlier one that is redelivered. Within the broker's own order groups are always
   * kept: a message is not begun while the branch of an earlier one of its group is unfinished.
   */
  public ListenerOptions messageGroups() {
    return with(copy -> copy.groups = true);
  }

  /**
   * Sets how many bytes of messages the broker sends ahead to each receiver; 0 unless told. With 0
   * a receiver has one message at a time: the order is the queue's, and a process that is killed
   * costs no other message a delivery. With 1 the next message is always on its way.
   */
  public ListenerOptions prefetchBytes(int bytes) {
    return with(copy -> copy.prefetchBytes = bytes);
  }

  /** Makes receivers virtual threads, on a JDK that has them; else this has no effect. */
  public ListenerOptions virtualThreads() {
    return with(copy -> copy.virtual = true);
  }

  private ListenerOptions with(Consumer<Values> change) {
    Values copy = values.copy();
    change.accept(copy);
    return new ListenerOptions(copy);
  }

  /** Returns how many messages are handled at a time. */
  public int concurrency() {
    return values.concurrency;
  }

  /** Returns the selector of JMS; null if every message is taken. */
  public @Nullable String selector() {
    return values.selector;
  }

  /** Returns the topic's durable shared subscription; null if the destination is a queue. */
  public @Nullable String subscription() {
    return values.subscription;
  }

  /** Returns the timeout of each message's transaction; null if it is the runtime's default. */
  public @Nullable Duration transactionTimeout() {
    return values.timeout;
  }

  /** Returns how often a message is delivered again before it is given up. */
  public int redeliveryLimit() {
    return values.redeliveries;
  }

  /** Returns how long a receiver holds a redelivered message before it tries again. */
  public Duration redeliveryDelay() {
    return values.delay;
  }

  /** Returns the queue for messages that were given up; null if it is the broker's own. */
  public @Nullable String deadLetter() {
    return values.deadLetter;
  }

  /** Returns whether a broker is refused that lets messages of a group overtake each other. */
  public boolean keepsMessageGroups() {
    return values.groups;
  }

  /** Returns how many bytes of messages the broker sends ahead to each receiver. */
  public int prefetchBytes() {
    return values.prefetchBytes;
  }

  /** Returns whether receivers are virtual threads where the JDK has them. */
  public boolean usesVirtualThreads() {
    return values.virtual;
  }

  /** Never changed once it is in an instance of the options. */
  private static final class Values {

    private int concurrency = 1;
    private @Nullable String selector;
    private @Nullable String subscription;
    private @Nullable Duration timeout;
    private int redeliveries = 5;
    private Duration delay = Duration.ZERO;
    private @Nullable String deadLetter;
    private boolean groups;
    private int prefetchBytes;
    private boolean virtual;

    private Values copy() {
      Values copy = new Values();
      copy.concurrency = concurrency;
      copy.selector = selector;
      copy.subscription = subscription;
      copy.timeout = timeout;
      copy.redeliveries = redeliveries;
      copy.delay = delay;
      copy.deadLetter = deadLetter;
      copy.groups = groups;
      copy.prefetchBytes = prefetchBytes;
      copy.virtual = virtual;
      return copy;
    }
  }
}
