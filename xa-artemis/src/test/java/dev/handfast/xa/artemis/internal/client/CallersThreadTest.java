package dev.handfast.xa.artemis.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class CallersThreadTest {

  private final FastThreadLocal<String> ofTheCall = new FastThreadLocal<>();
  private final FastThreadLocal<String> ofAnother = new FastThreadLocal<>();

  /** Nobody has left anything of Netty's on it. */
  private static void onANewThread(Runnable body) throws Exception {
    FutureTask<Boolean> task = new FutureTask<>(body, true);
    new Thread(task).start();
    task.get();
  }

  private String call() {
    ofTheCall.set("left");
    return "done";
  }

  @Test
  void nothingOfACallStaysOnTheThread() throws Exception {
    onANewThread(
        () -> {
          String result = CallersThread.leftClean(this::call);

          assertThat(result).isEqualTo("done");
          assertThat(FastThreadLocal.size()).isZero();
        });
  }

  @Test
  void nothingOfACallThatFailsStaysOnTheThread() throws Exception {
    onANewThread(
        () -> {
          assertThatThrownBy(
                  () ->
                      CallersThread.leftClean(
                          () -> {
                            throw new IllegalStateException(call());
                          }))
              .hasMessage("done");

          assertThat(FastThreadLocal.size()).isZero();
        });
  }

  @Test
  void aCallWithinACallIsPartOfIt() throws Exception {
    onANewThread(
        () -> {
          CallersThread.leftClean(
              () -> {
                call();
                String inner = CallersThread.leftClean(() -> ofTheCall.get());
                assertThat(inner).isEqualTo("left");
                return ofTheCall.get();
              });

          assertThat(FastThreadLocal.size()).isZero();
        });
  }

  @Test
  void whatAnotherUserOfNettyKeepsOnTheThreadStays() throws Exception {
    onANewThread(
        () -> {
          ofAnother.set("kept");

          CallersThread.leftClean(this::call);

          assertThat(ofAnother.get()).isEqualTo("kept");
        });
  }
}
