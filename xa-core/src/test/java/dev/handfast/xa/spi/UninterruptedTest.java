package dev.handfast.xa.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UninterruptedTest {

  @AfterEach
  void clear() {
    Thread.interrupted();
  }

  @Test
  void workDoesNotSeeThePendingInterruptAndItComesBack() {
    Thread.currentThread().interrupt();
    boolean seen = Uninterrupted.call(() -> Thread.currentThread().isInterrupted());
    assertThat(seen).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void theInterruptComesBackWhenTheWorkFails() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () ->
                Uninterrupted.run(
                    () -> {
                      throw new IOException("full");
                    }))
        .isInstanceOf(IOException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void anInterruptThatComesDuringTheWorkIsKept() {
    Uninterrupted.run(() -> Thread.currentThread().interrupt());
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void nothingIsInterruptedThatWasNot() {
    Uninterrupted.run(() -> {});
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aWaitThatWasInterruptedGoesOnToItsEnd() {
    CountDownLatch latch = new CountDownLatch(1);
    int[] waits = {0};
    Thread.currentThread().interrupt();
    boolean reached =
        Uninterrupted.await(
            () -> {
              if (waits[0]++ == 1) {
                latch.countDown();
              }
              return latch.await(1, TimeUnit.MINUTES);
            });
    assertThat(reached).isTrue();
    assertThat(waits[0]).isEqualTo(2);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }
}
