package dev.handfast.xa.internal.management;

import java.io.IOException;
import java.io.Serial;

/** Tells that what came is no line of a request. */
final class BadLineException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final boolean leavesTheNext;

  /**
   * @param leavesTheNext whether it is known where the next line begins
   */
  BadLineException(String message, boolean leavesTheNext) {
    super(message);
    this.leavesTheNext = leavesTheNext;
  }

  boolean leavesTheNext() {
    return leavesTheNext;
  }
}
