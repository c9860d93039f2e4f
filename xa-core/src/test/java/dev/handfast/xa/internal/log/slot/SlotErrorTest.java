package dev.handfast.xa.internal.log.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogSamples;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.spi.Gtrid;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes out of the disk is no IOException, or the stack ends in the midst of a write. */
final class SlotErrorTest {

  private static DecisionRecord record(int number) {
    String gtrid = "0f".repeat(34) + HexFormat.of().toHexDigits((short) number);
    return LogSamples.decision(gtrid, List.of(LogSamples.branch("orders")));
  }

  private static SlotRecordStore store(Pages pages) throws IOException {
    SlotContents contents = SlotScan.read(pages);
    return new SlotRecordStore(pages, contents.header(), contents);
  }

  /** Throws what the method does not declare, as a driver or an agent can, when it is due. */
  private static Pages throwing(Pages pages, String where, AtomicInteger calls, Throwable thrown) {
    return (Pages)
        Proxy.newProxyInstance(
            Pages.class.getClassLoader(),
            new Class<?>[] {Pages.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(where) && calls.decrementAndGet() == 0) {
                SlotErrorTest.<RuntimeException>sneak(thrown);
              }
              try {
                return method.invoke(pages, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @ParameterizedTest
  @CsvSource({"write", "force"})
  void whateverADiskThrowsIsARefusalAndTheLogGoesOn(String where) throws IOException {
    List<Throwable> kinds =
        List.of(
            new OutOfMemoryError(),
            new StackOverflowError(),
            new NoClassDefFoundError(),
            new InterruptedException(),
            new IllegalStateException());
    for (Throwable kind : kinds) {
      SimulatedDisk disk = new SimulatedDisk(8);
      AtomicInteger calls = new AtomicInteger();
      SlotRecordStore store = store(throwing(disk, where, calls, kind));
      store.write(record(1));
      calls.set(1);

      Throwable told = catchThrowable(() -> store.write(record(2)));

      assertThat(told)
          .isExactlyInstanceOf(LogStoreException.class)
          .hasMessageContaining("withdrawn");
      store.write(record(3));
      disk.loseWrites(new SplittableRandom(1));
      assertThat(SlotScan.read(disk).records().keySet())
          .containsExactlyInAnyOrder(record(1).gtrid(), record(3).gtrid());
    }
  }

  /** A thread at the end of its stack, at every depth, leaves neither a lock nor a false answer. */
  @Test
  void theEndOfTheStackIsToldTruly() throws Exception {
    SimulatedDisk disk = new SimulatedDisk(4096);
    SlotRecordStore store = store(disk);
    List<Gtrid> written = new ArrayList<>();
    FutureTask<@Nullable Void> task =
        new FutureTask<>(
            () -> {
              for (int number = 0; number < 1000; number++) {
                writeAtTheEnd(store, number, written);
              }
              return null;
            });
    Thread thread = new Thread(null, task, "small stack", 256 * 1024);
    thread.setDaemon(true);
    thread.start();

    await(task);

    assertThat(written).isNotEmpty();
    disk.loseWrites(new SplittableRandom(1));
    assertThat(SlotScan.read(disk).records().keySet()).containsExactlyInAnyOrderElementsOf(written);
  }

  private static void await(FutureTask<?> task) throws Exception {
    try {
      task.get(60, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("it hangs", e);
    }
  }

  /** Goes down to the end of the stack, and writes as many frames before it as the number says. */
  private static void writeAtTheEnd(SlotRecordStore store, int number, List<Gtrid> written) {
    DecisionRecord decision = record(number);
    int[] above = {number};
    boolean[] tried = {false};
    boolean[] done = {false};
    descend(
        () -> {
          if (!tried[0] && above[0]-- <= 0) {
            tried[0] = true;
            store.write(decision);
            done[0] = true;
          }
        });
    if (done[0]) {
      written.add(decision.gtrid());
    }
  }

  /** Runs the attempt in each frame on the way up. */
  @SuppressWarnings("InfiniteRecursion") // down to the end of the stack
  private static void descend(Runnable attempt) {
    try {
      descend(attempt);
    } catch (StackOverflowError e) {
      // the end
    }
    try {
      attempt.run();
    } catch (StackOverflowError e) {
      // there is not enough left here
    }
  }
}
