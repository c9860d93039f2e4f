package dev.handfast.xa.it.shutdown;

import dev.handfast.xa.testkit.crash.CrashJvm;
import java.time.Duration;

/** A process that is held up. Used by one thread at a time. */
final class HeldProcess implements AutoCloseable {

  private final HeldCase held;
  private final CrashJvm jvm;
  private Duration ending = Duration.ZERO;
  private int exit;

  private HeldProcess(HeldCase held, CrashJvm jvm) {
    this.held = held;
    this.jvm = jvm;
  }

  static HeldProcess start(HeldCase held) {
    CrashJvm.Builder builder =
        CrashJvm.of(HeldMain.class).arguments(held.arguments()).jvmArgument("-Xms32m");
    if (held.holder().isInDriver()) {
      builder.steps(DriverCall.values());
    }
    return new HeldProcess(held, builder.start(held.directory()));
  }

  HeldCase held() {
    return held;
  }

  void awaitAnswer(String expected) {
    String answer = jvm.awaitAnswer();
    if (!answer.equals(expected)) {
      throw new AssertionError(held.name() + " answered " + answer + "\n" + log());
    }
  }

  void say(String order) {
    jvm.say(order);
  }

  /** Tells it to end, and waits until it has. */
  void end() {
    long begin = System.nanoTime();
    switch (held.end()) {
      case SIGTERM -> ProcessHandle.of(jvm.pid()).orElseThrow().destroy();
      case CLOSE -> {
        say(HeldCase.End.CLOSE.name());
        jvm.awaitAnswer();
      }
      case LEAVE_OPEN -> {}
    }
    exit = awaitExit();
    ending = Duration.ofNanos(System.nanoTime() - begin);
  }

  private int awaitExit() {
    try {
      return jvm.awaitExit();
    } catch (IllegalStateException e) {
      throw new AssertionError(held.name() + " does not end\n" + log(), e);
    }
  }

  /** How long it took to end, from the moment at which it was told. */
  Duration ending() {
    return ending;
  }

  int exit() {
    return exit;
  }

  /** What it printed to standard error. */
  String log() {
    return jvm.log();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
