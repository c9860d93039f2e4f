package dev.handfast.benchmarks.starts;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.OpenStore;

/** Starts again and again on a log of decisions with the build on its class path. */
final class Starts {

  /** The starts of a process that count, after the first. */
  static final int AGAIN = 6;

  private final Decisions decisions;
  private final SilentResource[] resources = {
    new SilentResource("one", true), new SilentResource("other", true)
  };

  private Starts(Decisions decisions) {
    this.decisions = decisions;
  }

  /** The arguments are those of {@link Decisions}; prints the line of each {@link Figure}. */
  public static void main(String[] arguments) {
    Starts starts = new Starts(Decisions.of(arguments));
    System.out.println(new Figure(Figure.Kind.FIRST, starts.start()).line());
    for (int i = 0; i < AGAIN; i++) {
      System.out.println(new Figure(Figure.Kind.AGAIN, starts.start()).line());
    }
    for (int i = 0; i < AGAIN; i++) {
      System.out.println(new Figure(Figure.Kind.LOOK, starts.look()).line());
    }
  }

  private double start() {
    long begin = System.nanoTime();
    try (Handfast handfast = decisions.runtime(resources).start()) {
      long end = System.nanoTime();
      require(handfast.recovery().status().logged());
      return (end - begin) / 1e6;
    }
  }

  private double look() {
    long begin = System.nanoTime();
    try (OpenStore store = decisions.runtime(resources).openStore()) {
      long end = System.nanoTime();
      require(store.recovery().status().logged());
      return (end - begin) / 1e6;
    }
  }

  private void require(int logged) {
    if (logged != decisions.count()) {
      throw new IllegalStateException(logged + " decisions are logged");
    }
  }
}
