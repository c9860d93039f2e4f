package dev.handfast.xa.artemis;

import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A listener with its receivers. */
final class RunningListener implements Listener {

  private final String destination;
  private final String shown;
  private final Gate gate;
  private final List<Receiver> receivers;
  private final Consumer<RunningListener> closed;
  private final List<Thread> threads = new ArrayList<>();

  RunningListener(
      String destination,
      String shown,
      Gate gate,
      List<Receiver> receivers,
      Consumer<RunningListener> closed) {
    this.destination = destination;
    this.shown = shown;
    this.gate = gate;
    this.receivers = List.copyOf(receivers);
    this.closed = closed;
  }

  /**
   * Opens the first receiver's session, so that what is wrong with the destination is told, and
   * starts all receivers.
   */
  void start(String threadName, boolean virtual) throws JMSException {
    receivers.get(0).prepare();
    int number = 0;
    for (Receiver receiver : receivers) {
      number++;
      threads.add(ReceiverThreads.start(threadName + "-" + number, virtual, receiver));
    }
  }

  @Override
  public String destination() {
    return destination;
  }

  void pause() {
    gate.pause();
    receivers.forEach(Receiver::stop);
  }

  void resume() {
    gate.resume();
  }

  private void stop() {
    gate.close();
    receivers.forEach(Receiver::stop);
  }

  @Override
  public void close() {
    stop();
    try {
      for (Thread thread : threads) {
        if (thread != Thread.currentThread()) {
          thread.join();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed.accept(this);
    }
  }

  /** Closes it within that time, after which its threads are interrupted and left to themselves. */
  void close(Duration time) {
    stop();
    long end = System.nanoTime() + time.toNanos();
    for (Thread thread : threads) {
      if (thread != Thread.currentThread() && !ended(thread, end)) {
        ArtemisLog.stillRunning(shown, thread.getName());
        thread.interrupt();
      }
    }
    closed.accept(this);
  }

  private static boolean ended(Thread thread, long end) {
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
