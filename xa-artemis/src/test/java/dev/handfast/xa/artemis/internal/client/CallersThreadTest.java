package dev.handfast.xa.artemis.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.FastThreadLocal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallersThreadTest {

  private final FastThreadLocal<String> ofTheCall = new FastThreadLocal<>();
  private final FastThreadLocal<String> ofAnother = new FastThreadLocal<>();

  @AfterEach
  void leaveThreadAsItWas() {
    FastThreadLocal.removeAll();
  }

  private String call() {
    ofTheCall.set("left");
    return "done";
  }

  @Test
  void nothingOfACallStaysOnTheThread() {
    String result = CallersThread.leftClean(this::call);

    assertThat(result).isEqualTo("done");
    assertThat(FastThreadLocal.size()).isZero();
  }

  @Test
  void nothingOfACallThatFailsStaysOnTheThread() {
    assertThatThrownBy(
            () ->
                CallersThread.leftClean(
                    () -> {
                      throw new IllegalStateException(call());
                    }))
        .hasMessage("done");

    assertThat(FastThreadLocal.size()).isZero();
  }

  @Test
  void aCallWithinACallIsPartOfIt() {
    CallersThread.leftClean(
        () -> {
          call();
          String inner = CallersThread.leftClean(() -> ofTheCall.get());
          assertThat(inner).isEqualTo("left");
          return ofTheCall.get();
        });

    assertThat(FastThreadLocal.size()).isZero();
  }

  @Test
  void whatAnotherUserOfNettyKeepsOnTheThreadStays() {
    ofAnother.set("kept");

    CallersThread.leftClean(this::call);

    assertThat(ofAnother.get()).isEqualTo("kept");
  }
}
