package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.spi.Uninterrupted;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The steps of closing a resource, in their order, within a bound: a thread of its own takes them.
 * When the broker has kept it waiting for too long, all connections are broken off, which ends
 * every call that waits for an answer. Used by one thread.
 */
public final class ResourceClosing {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** How long it goes on at most once nothing waits for the broker any more. */
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);

  private final ArtemisSettings settings;
  private final Map<String, Runnable> steps = new LinkedHashMap<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private final long begin = System.nanoTime();
  private volatile String current = "";

  public ResourceClosing(ArtemisSettings settings) {
    this.settings = settings;
  }

  /** Returns until when the broker is waited for, in the time of {@link System#nanoTime}. */
  public long end() {
    Duration wait = settings.callTimeout();
    return begin + (wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT).toNanos();
  }

  /** Adds a step, whose name is told if it is held up. */
  public ResourceClosing step(String name, Runnable step) {
    steps.put(name, step);
    return this;
  }

  /**
   * Takes the steps, and returns when they are done or the bound is over.
   *
   * @param answers whether the broker is still believed to answer
   * @param breakOff breaks every connection off
   */
  public void run(boolean answers, Runnable breakOff) {
    start();
    if (answers && isDone(end())) {
      return;
    }
    if (!isDone(System.nanoTime())) {
      ArtemisLog.closeHeldUp(
          settings.name(),
          settings.maskedUrl(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin),
          current);
      breakOff.run();
      if (!isDone(System.nanoTime() + LAST_WAIT.toNanos())) {
        ArtemisLog.debug(settings.name(), "closing goes on: " + current, null);
      }
    }
  }

  private void start() {
    Thread thread = new Thread(this::take, "handfast-closes-" + settings.name());
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      ArtemisLog.debug(settings.name(), "no thread could be started to close the resource", e);
      take();
    }
  }

  private boolean isDone(long end) {
    return Uninterrupted.await(() -> done.await(end - System.nanoTime(), TimeUnit.NANOSECONDS));
  }

  private void take() {
    steps.forEach(
        (name, step) -> {
          current = name;
          try {
            step.run();
          } catch (RuntimeException | Error e) {
            ArtemisLog.debug(settings.name(), name + " failed", e);
          }
        });
    done.countDown();
  }
}
