package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.artemis.MessageBody;
import dev.handfast.xa.artemis.internal.branch.TransactionSessions;
import dev.handfast.xa.artemis.internal.client.BrokerClient;
import dev.handfast.xa.artemis.internal.client.Mutex;
import dev.handfast.xa.artemis.internal.client.UncheckedJms;
import dev.handfast.xa.artemis.internal.recover.BrokerRecoveryConnection;
import dev.handfast.xa.spi.Intake;
import dev.handfast.xa.spi.ResourceContext;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Starts the listeners of one resource, and pauses, resumes and closes them together. Safe for use
 * by many threads.
 */
public final class Listeners implements Intake {

  private static final Duration BODY_WAIT = Duration.ofMillis(500);
  private static final Duration PAUSE_WAIT = Duration.ofSeconds(1);

  private final BrokerClient client;
  private final ResourceContext context;
  private final TransactionSessions transactions;
  private final ListenerRules check;
  private final Mutex mutex = new Mutex();
  private final Set<RunningListener> running = new LinkedHashSet<>();
  private boolean paused;
  private boolean closed;

  public Listeners(
      BrokerClient client,
      ResourceContext context,
      TransactionSessions transactions,
      BrokerRecoveryConnection recovery) {
    this.client = client;
    this.context = context;
    this.transactions = transactions;
    this.check = new ListenerRules(client.settings(), recovery);
  }

  public Listener listen(String destination, ListenerOptions options, MessageBody body) {
    String shown = "listener on '" + destination + "' of " + client.settings().owner();
    mutex.run(() -> requireOpen(shown));
    String deadLetter = check.deadLetter(shown, destination, options);
    RunningListener listener =
        mutex.call(
            () -> {
              requireOpen(shown);
              RunningListener fresh = listener(shown, destination, options, body, deadLetter);
              running.add(fresh);
              return fresh;
            });
    UncheckedJms.run(() -> start(listener, options));
    ListenerLog.listening(shown, options.concurrency(), deadLetter);
    return listener;
  }

  private void requireOpen(String shown) {
    if (closed) {
      throw new IllegalStateException(
          shown + ": the resource is closed. To solve this, listen before close().");
    }
  }

  private RunningListener listener(
      String shown,
      String destination,
      ListenerOptions options,
      MessageBody body,
      String deadLetter) {
    IntakeSwitch intake = new IntakeSwitch(paused);
    ListenerOutage outage = new ListenerOutage(shown, client.settings().maskedUrl());
    MessageGroupOrder groups = new MessageGroupOrder();
    ListenerSource source =
        new ListenerSource(
            destination, options.subscription(), options.selector(), options.prefetchBytes());
    MessageHandler handler =
        new MessageHandler(
            shown,
            options,
            body,
            client,
            context,
            transactions,
            new DeadLetterSender(
                transactions.queues(), destination, deadLetter, options.redeliveryLimit()));
    List<Receiver> receivers =
        Stream.generate(
                () ->
                    new Receiver(
                        client,
                        transactions.queues(),
                        source,
                        options,
                        handler,
                        groups,
                        intake,
                        outage))
            .limit(options.concurrency())
            .toList();
    return new RunningListener(destination, shown, intake, receivers, this::closed);
  }

  /** Starts a listener, without the mutex: who pauses or closes must not wait for the broker. */
  private void start(RunningListener listener, ListenerOptions options) throws JMSException {
    try {
      listener.start(
          "handfast-" + client.settings().name() + "-" + listener.destination(),
          options.usesVirtualThreads());
    } catch (JMSException | RuntimeException | Error e) {
      listener.abandon();
      closed(listener);
      throw e;
    }
  }

  private void closed(RunningListener listener) {
    mutex.run(() -> running.remove(listener));
  }

  private List<RunningListener> pausedNow(boolean now) {
    return mutex.call(
        () -> {
          paused = now;
          return List.copyOf(running);
        });
  }

  /** Pauses all listeners, and waits a moment until the broker has back what it sent ahead. */
  @Override
  public void pause() {
    long end = System.nanoTime() + PAUSE_WAIT.toNanos();
    List<Thread> stopping =
        pausedNow(true).stream().flatMap(listener -> listener.pause().stream()).toList();
    stopping.forEach(thread -> RunningListener.ended(thread, end));
  }

  @Override
  public void resume() {
    pausedNow(false).forEach(RunningListener::resume);
  }

  /**
   * Closes all listeners. The bodies that still run have outlived the time that the runtime gave
   * them: they are interrupted, and left to themselves if they go on.
   *
   * @param end until when it waits for the broker, in the time of {@link System#nanoTime}
   * @return whether all receivers without a body have ended by then
   */
  public boolean close(long end) {
    mutex.run(() -> closed = true);
    List<RunningListener> all = pausedNow(true);
    List<Thread> stopping = all.stream().flatMap(listener -> listener.stop().stream()).toList();
    all.forEach(RunningListener::interruptBodies);
    long bodies = System.nanoTime() + BODY_WAIT.toNanos();
    boolean ended = true;
    for (RunningListener listener : all) {
      ended &= !listener.awaitEnd(bodies, end);
    }
    for (Thread thread : stopping) {
      ended &= RunningListener.ended(thread, end);
    }
    return ended;
  }
}
