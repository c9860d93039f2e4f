package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs a part of a test on a thread of its own, and waits for it. */
final class Elsewhere {

  private static final long BOUND_SECONDS = 60;

  private Elsewhere() {}

  interface Part {
    void run() throws Exception;
  }

  static <T> T call(Callable<T> part) throws Exception {
    FutureTask<T> task = new FutureTask<>(part);
    Thread thread = new Thread(task, "elsewhere");
    thread.start();
    T result = task.get(BOUND_SECONDS, TimeUnit.SECONDS);
    thread.join(TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
    assertThat(thread.isAlive()).isFalse();
    return result;
  }

  static void run(Part part) throws Exception {
    call(
        () -> {
          part.run();
          return true;
        });
  }
}
