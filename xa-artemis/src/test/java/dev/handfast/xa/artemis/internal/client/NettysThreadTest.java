package dev.handfast.xa.artemis.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class NettysThreadTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  /** Is less than the longest wait, and far more than what does not wait needs. */
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  @Test
  void isWaitedForWhereNettyCameWithTheApplication() throws Exception {
    assertThat(Application.run(Ended.class)).isEmpty();
  }

  @Test
  void isLeftAloneWhileAnotherClientWorksWithTheSameNetty() throws Exception {
    assertThat(Duration.parse(Application.run(UsedByOthers.class))).isLessThan(AT_ONCE);
  }

  @Test
  void isWaitedForNoLongerThanTheCloseHasLeft() throws Exception {
    assertThat(Duration.parse(Application.run(NoTimeLeft.class))).isLessThan(AT_ONCE);
  }

  @Test
  void isLeftAloneWhereNettyIsOnTheClassPath() throws Exception {
    assertThat(Duration.parse(new Busy().call())).isLessThan(AT_ONCE);
  }

  /** Tells which threads of Netty are left. */
  public static final class Ended implements Callable<String> {

    @Override
    public String call() throws Exception {
      NioEventLoopGroup group = new NioEventLoopGroup(1);
      group.submit(() -> {}).sync();
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();

      NettysThread.awaitEnd(LONG);

      return String.join(
          " ",
          Thread.getAllStackTraces().keySet().stream()
              .filter(FastThreadLocalThread.class::isInstance)
              .map(Thread::getName)
              .toList());
    }
  }

  /** Tells how long it takes while the thread does not end. */
  public static class Busy implements Callable<String> {

    void await() {
      NettysThread.awaitEnd(LONG);
    }

    @Override
    public String call() throws Exception {
      CountDownLatch end = new CountDownLatch(1);
      var unused = GlobalEventExecutor.INSTANCE.submit(() -> end.await(1, TimeUnit.MINUTES));
      try {
        long begin = System.nanoTime();
        await();
        return Duration.ofNanos(System.nanoTime() - begin).toString();
      } finally {
        end.countDown();
      }
    }
  }

  public static final class UsedByOthers extends Busy {

    @Override
    public String call() throws Exception {
      NioEventLoopGroup theirs = new NioEventLoopGroup(1);
      theirs.submit(() -> {}).sync();
      try {
        return super.call();
      } finally {
        theirs.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
      }
    }
  }

  public static final class NoTimeLeft extends Busy {

    @Override
    void await() {
      NettysThread.awaitEnd(Duration.ZERO);
    }
  }
}
