package dev.handfast.xa.artemis.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

final class CallersThreadTest {

  @Test
  void nothingOfACallStaysOnTheThread() throws Exception {
    assertThat(Application.run(One.class)).isEqualTo("done, 0 left");
  }

  @Test
  void nothingOfACallThatFailsStaysOnTheThread() throws Exception {
    assertThat(Application.run(Failing.class)).isEqualTo("failed, 0 left");
  }

  @Test
  void aCallWithinACallIsPartOfIt() throws Exception {
    assertThat(Application.run(Nested.class)).isEqualTo("left left, 0 left");
  }

  @Test
  void whatAnotherUserOfNettyKeepsOnTheThreadStays() throws Exception {
    assertThat(Application.run(Shared.class)).isEqualTo("kept, 2 left");
  }

  @Test
  void whatACallLeavesStaysWhereNettyIsOnTheClassPath() throws Exception {
    assertThat(new One().call()).isEqualTo("done, 1 left");
  }

  /** Does something on a thread on which nobody has left anything of Netty's. */
  public abstract static class OnANewThread implements Callable<String> {

    private final FastThreadLocal<String> ofTheCall = new FastThreadLocal<>();

    abstract String work();

    String use() {
      ofTheCall.set("left");
      return "done";
    }

    String used() {
      return ofTheCall.get();
    }

    @Override
    public String call() throws Exception {
      FutureTask<String> task =
          new FutureTask<>(() -> work() + ", " + FastThreadLocal.size() + " left");
      new Thread(task).start();
      return task.get();
    }
  }

  public static final class One extends OnANewThread {

    @Override
    String work() {
      return CallersThread.leftClean(this::use);
    }
  }

  public static final class Failing extends OnANewThread {

    @Override
    String work() {
      try {
        return CallersThread.leftClean(
            () -> {
              throw new IllegalStateException(use());
            });
      } catch (IllegalStateException e) {
        return "failed";
      }
    }
  }

  public static final class Nested extends OnANewThread {

    @Override
    String work() {
      return CallersThread.leftClean(
          () -> {
            use();
            String inner = CallersThread.leftClean(this::used);
            return inner + " " + used();
          });
    }
  }

  public static final class Shared extends OnANewThread {

    private final FastThreadLocal<String> ofAnother = new FastThreadLocal<>();

    @Override
    String work() {
      ofAnother.set("kept");
      CallersThread.leftClean(this::use);
      return ofAnother.get();
    }
  }
}
