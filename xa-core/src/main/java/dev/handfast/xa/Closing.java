package dev.handfast.xa;

import org.jspecify.annotations.Nullable;

/** Steps of which each is tried, whatever the others do; the first error is told at the end. */
final class Closing {

  private @Nullable RuntimeException first;

  void attempt(Runnable step) {
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

  void rethrow() {
    if (first != null) {
      throw first;
    }
  }
}
