package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Child;
import java.io.Serial;

/** The demo could not be played to its end. */
final class DemoFailedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private static final int LOG_LINES = 15;

  DemoFailedException(String message) {
    super(message);
  }

  static DemoFailedException of(Child child, String what) {
    return new DemoFailedException(
        "the "
            + child.name()
            + " (process "
            + child.pid()
            + ") "
            + what
            + ". The end of its log:\n  "
            + String.join("\n  ", child.lastLines(LOG_LINES)));
  }
}
