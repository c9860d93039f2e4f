package dev.handfast.xa.internal.transaction;

import java.io.Serial;

/** Where a transaction was marked for rollback: its stack trace says it. */
final class RollbackMark extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private static final String OURS = "dev.handfast.xa.internal.";

  RollbackMark() {
    super("the transaction was marked for rollback here");
  }

  /** The first place that is not ours, as a stack trace writes it. */
  String place() {
    for (StackTraceElement element : getStackTrace()) {
      if (!element.getClassName().startsWith(OURS)) {
        return element.toString();
      }
    }
    return "an unknown place";
  }
}
