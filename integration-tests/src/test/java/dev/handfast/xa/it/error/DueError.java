package dev.handfast.xa.it.error;

import java.util.concurrent.atomic.AtomicInteger;

/** Which place throws next, and at which of its calls. Public for Byteman. */
public final class DueError {

  private static final AtomicInteger LEFT = new AtomicInteger();
  private static volatile String due = "";

  private DueError() {}

  static void plan(String point, int nth) {
    LEFT.set(nth);
    due = point;
  }

  /** Nothing throws any more. */
  static void clear() {
    due = "";
  }

  /** For the rules: whether this call is to throw. */
  public static boolean isNow(String point) {
    return due.equals(point) && LEFT.decrementAndGet() == 0;
  }

  static boolean wasThrown() {
    return LEFT.get() <= 0;
  }
}
