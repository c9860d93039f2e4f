package dev.handfast.xa.internal.runtime;

import org.jspecify.annotations.Nullable;

/** Steps of which each is tried, whatever the others do; the first error is told at the end. */
public final class Closing {

  private @Nullable RuntimeException first;

  /** Tries a step. */
  public void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (first == null) {
        first = e;
      } else {
        first.addSuppressed(e);
      }
    }
  }

  /** Throws the first error, with the others as suppressed ones; returns if there was none. */
  public void rethrow() {
    if (first != null) {
      throw first;
    }
  }
}
