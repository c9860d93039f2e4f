package dev.handfast.xa.testkit.crash;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the rules of the steps lead, in the process that is to be killed. Public for Byteman; a
 * test uses {@link CrashJvm}. Safe for use by many threads.
 */
public final class CrashPoint {

  /** What happens at the step. */
  enum Action {
    /** The process halts, as a SIGKILL ends it: nothing is closed, no hook runs. */
    HALT,
    /** The thread waits until it is told to go on. */
    STOP
  }

  static final int EXIT_CODE = 77;
  static final String PREFIX = "@crash ";
  static final String HALTED = PREFIX + "halted ";
  static final String STOPPED = PREFIX + "stopped ";
  static final String PROPERTY = "handfast.testkit.crash";

  private static final PrintStream ANSWERS =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private static final AtomicReference<@Nullable Plan> PLAN =
      new AtomicReference<>(Plan.parse(System.getProperty(PROPERTY, "")));

  private CrashPoint() {}

  /**
   * One thing to happen once.
   *
   * @param seen how often the step was reached since
   */
  private record Plan(
      String step, int nth, Action action, AtomicInteger seen, CountDownLatch released) {

    private static @Nullable Plan parse(String text) {
      if (text.isEmpty()) {
        return null;
      }
      String[] words = text.split(" ", -1);
      return new Plan(
          words[0],
          Integer.parseInt(words[1]),
          Action.valueOf(words[2]),
          new AtomicInteger(),
          new CountDownLatch(1));
    }
  }

  /** What {@link #plan} understands. */
  static String text(CrashStep step, int nth, Action action) {
    return step.name() + " " + nth + " " + action;
  }

  /** From now on this is to happen, and nothing that was planned before; empty for nothing. */
  static void plan(String text) {
    PLAN.set(Plan.parse(text));
  }

  /** The thread that waits at its step goes on. */
  static void release() {
    Plan plan = PLAN.getAndSet(null);
    if (plan != null) {
      plan.released.countDown();
    }
  }

  /** A line to the parent. */
  static void answer(String line) {
    ANSWERS.println(line);
    ANSWERS.flush();
  }

  /** For the rules: the calling thread is at the step. */
  public static void reached(String step) {
    Plan plan = PLAN.get();
    if (plan == null || !plan.step.equals(step) || plan.seen.incrementAndGet() != plan.nth) {
      return;
    }
    if (plan.action == Action.HALT) {
      answer(HALTED + step);
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    answer(STOPPED + step);
    try {
      plan.released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
