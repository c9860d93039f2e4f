package dev.handfast.examples.orders.input;

import java.io.Serial;

/** Leaves the checks at the first rule that is broken. */
final class BadLineException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient BadLine line;

  BadLineException(BadLine line) {
    super(line.toString());
    this.line = line;
  }

  BadLine line() {
    return line;
  }
}
