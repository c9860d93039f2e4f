package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.Listener;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A listener with its receivers and their threads. */
final class RunningListener implements Listener {

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(30);

  private final String destination;
  private final String shown;
  private final IntakeSwitch intake;
  private final List<Receiver> receivers;
  private final Consumer<RunningListener> closed;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger left;

  RunningListener(
      String destination,
      String shown,
      IntakeSwitch intake,
      List<Receiver> receivers,
      Consumer<RunningListener> closed) {
    this.destination = destination;
    this.shown = shown;
    this.intake = intake;
    this.receivers = List.copyOf(receivers);
    this.closed = closed;
    this.left = new AtomicInteger(receivers.size());
  }

  /**
   * Opens the first receiver's session, so that what is wrong with the destination is told, and
   * starts all receivers.
   */
  void start(String threadName, boolean virtual) throws JMSException {
    receivers.get(0).prepare();
    if (!intake.isOpen()) {
      receivers.get(0).giveBack();
    }
    int number = 0;
    for (Receiver receiver : receivers) {
      number++;
      threads.add(
          ReceiverThreads.start(threadName + "-" + number, virtual, () -> receive(receiver)));
    }
  }

  /** Ends a listener of which not every receiver could be started. */
  void abandon() {
    stop();
    if (threads.isEmpty()) {
      receivers.get(0).giveBack();
    }
  }

  private void receive(Receiver receiver) {
    try {
      receiver.run();
    } finally {
      if (left.decrementAndGet() == 0) {
        closed.accept(this);
      }
    }
  }

  @Override
  public String destination() {
    return destination;
  }

  /** Pauses, and returns at once the threads that end when the broker has answered. */
  List<Thread> pause() {
    intake.pause();
    return stopped();
  }

  void resume() {
    intake.resume();
  }

  /** Ends the taking for good; returns as {@link #pause} does. */
  List<Thread> stop() {
    intake.close();
    return stopped();
  }

  /** Stops the receivers side by side, since each may wait as long as a call may take. */
  private List<Thread> stopped() {
    receivers.forEach(Receiver::hold);
    return receivers.stream()
        .map(
            receiver ->
                ReceiverThreads.start("handfast-stops-" + destination, false, receiver::stop))
        .toList();
  }

  @Override
  public void close() {
    List<Thread> stopping = stop();
    if (Receiver.isCurrent()) {
      return; // two bodies that close each other's listener would wait for ever
    }
    long end = System.nanoTime() + CLOSE_WAIT.toNanos();
    for (int i = 0; i < threads.size(); i++) {
      if (!ended(threads.get(i), end) && !Thread.currentThread().isInterrupted()) {
        ListenerLog.leftRunning(shown, CLOSE_WAIT.toSeconds(), threads.get(i));
      }
    }
    stopping.forEach(thread -> ended(thread, end));
  }

  /** Interrupts the bodies that run. */
  void interruptBodies() {
    receivers.forEach(Receiver::interruptBody);
  }

  /**
   * Waits for the end of what was stopped, until moments of {@link System#nanoTime}. What has not
   * ended by then is left to itself.
   *
   * @param bodies until when it waits for a receiver whose body runs
   * @param others until when it waits for another one, which waits for the broker
   * @return whether a receiver still waits for the broker
   */
  boolean awaitEnd(long bodies, long others) {
    boolean waits = false;
    for (int i = 0; i < threads.size(); i++) {
      Thread thread = threads.get(i);
      Receiver receiver = receivers.get(i);
      if (thread == Thread.currentThread() || ended(thread, bodies)) {
        continue;
      }
      if (receiver.isHandling()) {
        ListenerLog.stillRunning(shown, thread);
      } else {
        waits |= !ended(thread, others);
      }
    }
    return waits;
  }

  /** Returns whether a thread ended before a moment of {@link System#nanoTime}. */
  static boolean ended(Thread thread, long end) {
    try {
      long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
      thread.join(Math.max(1, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  @Override
  public String toString() {
    return shown;
  }
}
