package dev.handfast.benchmarks.starts;

import dev.handfast.xa.Handfast;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides transactions, of which no branch learns, with the build on its class path, and halts. */
final class DecisionsMade {

  private static final int THREADS = 16;

  private DecisionsMade() {}

  /** The arguments are those of {@link Decisions}. */
  public static void main(String[] arguments) throws Exception {
    Decisions decisions = Decisions.of(arguments);
    SilentResource one = new SilentResource("one", false);
    SilentResource other = new SilentResource("other", false);
    Handfast handfast = decisions.runtime(one, other).start();
    AtomicInteger begun = new AtomicInteger();
    Callable<Void> work =
        () -> {
          while (begun.incrementAndGet() <= decisions.count()) {
            handfast.run(
                () -> {
                  handfast.resource(one).enlist();
                  handfast.resource(other).enlist();
                });
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (Future<Void> each : threads.invokeAll(Collections.nCopies(THREADS, work))) {
      each.get();
    }
    Runtime.getRuntime().halt(0);
  }
}
