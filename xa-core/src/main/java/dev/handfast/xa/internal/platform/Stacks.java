package dev.handfast.xa.internal.platform;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The stack of a thread that holds others up, for a message. */
public final class Stacks {

  /** Enough to get from a driver's socket to the application. */
  private static final int DEEPEST = 64;

  private Stacks() {}

  /** Names the thread and where it is, each frame on a line; empty for a thread that has ended. */
  public static String of(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length == 0
        ? ""
        : Arrays.stream(stack)
            .limit(DEEPEST)
            .map(frame -> "\n\tat " + frame)
            .collect(Collectors.joining("", " Thread '" + thread.getName() + "' is", ""));
  }
}
