package dev.handfast.xa.internal.log.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.internal.log.directory.Folder;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogSamples;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.log.record.UndecidedException;
import dev.handfast.xa.internal.log.slot.SimulatedDisk.NextForce;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.Uninterrupted;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the store promises, on a disk that fails as it is told, and on a real one. */
final class SlotRecordStoreTest {

  @TempDir Path directory;

  private static DecisionRecord record(int number) {
    String gtrid = "0f".repeat(34) + HexFormat.of().toHexDigits((short) number);
    return LogSamples.decision(gtrid, List.of(LogSamples.branch("orders")));
  }

  private static DecisionRecord large(int number) {
    String gtrid = "0f".repeat(34) + HexFormat.of().toHexDigits((short) number);
    List<LoggedBranch> many =
        IntStream.range(0, 300).mapToObj(i -> LogSamples.branch("resource-" + i)).toList();
    return LogSamples.decision(gtrid, many);
  }

  private static SlotRecordStore store(Pages pages) throws IOException {
    SlotContents contents = SlotScan.read(pages);
    return new SlotRecordStore(pages, contents.header(), contents);
  }

  private SlotFile file(int slots) throws IOException {
    Folder folder = new Folder(Disk.machine(), directory);
    SlotFile.create(folder, "slots", slots, "abcdef");
    return SlotFile.open(folder, "slots");
  }

  @Test
  void aFailedForceIsWithdrawnBeforeItIsReported() throws IOException {
    for (NextForce failure : List.of(NextForce.FAILS_BEFORE, NextForce.FAILS_AFTER)) {
      SimulatedDisk disk = new SimulatedDisk(8);
      SlotRecordStore store = store(disk);
      disk.nextForce(failure);

      Throwable told = catchThrowable(() -> store.write(record(1)));

      assertThat(told)
          .isExactlyInstanceOf(LogStoreException.class)
          .hasMessageContaining("withdrawn");
      store.write(record(2));
      disk.loseWrites(new SplittableRandom(1));
      assertThat(SlotScan.read(disk).records().keySet()).containsExactly(record(2).gtrid());
    }
  }

  @Test
  void aForceThatCanNotBeWithdrawnLeavesItOpenAndEndsTheLog() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(8);
    SlotRecordStore store = store(disk);
    store.write(record(1));
    disk.nextForce(NextForce.BREAKS);

    assertThatExceptionOfType(UndecidedException.class)
        .isThrownBy(() -> store.write(record(2)))
        .withMessageContaining("simulated")
        .withMessageContaining("could not be withdrawn");
    assertThat(catchThrowable(() -> store.write(record(3))))
        .isExactlyInstanceOf(LogStoreException.class)
        .hasMessageContaining("has failed");
    assertThat(catchThrowable(() -> store.reserve(1))).hasMessageContaining("has failed");
    disk.kill(new SplittableRandom(1));
    assertThat(SlotScan.read(disk).records()).containsKey(record(1).gtrid());
  }

  @Test
  void aFailureReachesEveryThreadOfTheGroupAndNobodyElse() throws Exception {
    SimulatedDisk disk = new SimulatedDisk(64);
    SlotRecordStore store = store(disk);
    store.write(record(0));
    disk.nextForce(NextForce.WORKS, NextForce.FAILS_BEFORE, NextForce.WORKS);
    List<Future<Boolean>> written =
        together(
            16,
            number ->
                () -> {
                  try {
                    store.write(record(number + 1));
                    return true;
                  } catch (LogStoreException e) {
                    return false;
                  }
                });

    List<Gtrid> acknowledged = new ArrayList<>(List.of(record(0).gtrid()));
    for (int i = 0; i < written.size(); i++) {
      if (written.get(i).get()) {
        acknowledged.add(record(i + 1).gtrid());
      }
    }
    disk.loseWrites(new SplittableRandom(1));
    assertThat(SlotScan.read(disk).records().keySet())
        .containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  @Test
  void aRecordOfManySlotsAndAFileThatGrows() throws IOException {
    List<Gtrid> keys = new ArrayList<>();
    try (SlotRecordStore store = store(file(4))) {
      for (int i = 0; i < 40; i++) {
        DecisionRecord record = i % 3 == 0 ? large(i) : record(i);
        store.reserve(1);
        store.write(record);
        store.unreserve(1);
        keys.add(record.gtrid());
      }
      store.remove(keys.remove(3));
    }

    assertThat(SlotFiles.decisions(directory))
        .extracting(DecisionRecord::gtrid)
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  /**
   * The first growth fails at its header, which is on disk all the same; the second at its slots.
   */
  @Test
  void aFailedGrowthCutsNothingThatAHeaderMayCount() throws IOException {
    SimulatedDisk disk = new SimulatedDisk(4);
    SlotRecordStore store = store(disk);
    disk.nextForce(NextForce.WORKS, NextForce.FAILS_AFTER, NextForce.WORKS, NextForce.FAILS_BEFORE);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(LogStoreException.class)
          .isThrownBy(() -> store.write(large(1)))
          .withMessageContaining("the force failed");
    }
    disk.kill(new SplittableRandom(1));

    assertThat(SlotScan.read(disk).doubts()).isEmpty();
  }

  /** It comes while one thread forces and the others wait for their turn. */
  @Test
  void anInterruptHarmsNothing() throws Exception {
    try (SlotFile file = file(64)) {
      CountDownLatch goOn = new CountDownLatch(1);
      SlotRecordStore store = store(held(file, goOn));
      List<FutureTask<Boolean>> written =
          IntStream.range(0, 4).mapToObj(number -> writing(store, number)).toList();
      List<Thread> writers = written.stream().map(Thread::new).toList();
      for (Thread writer : writers) {
        writer.start();
        Awaitility.await().until(() -> writer.getState() == Thread.State.WAITING);
      }

      writers.forEach(Thread::interrupt);
      goOn.countDown();

      for (Future<Boolean> each : written) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(SlotFiles.decisions(directory)).hasSize(4);
  }

  /** Tells whether the interrupt is still pending when the record is written. */
  private static FutureTask<Boolean> writing(SlotRecordStore store, int number) {
    return new FutureTask<>(
        () -> {
          store.write(record(number));
          return Thread.interrupted();
        });
  }

  /** Lets the forces of other threads than this wait until they may go on. */
  private static Pages held(Pages pages, CountDownLatch goOn) {
    Thread free = Thread.currentThread();
    return beforeForce(
        pages,
        () -> {
          if (Thread.currentThread() != free) {
            Uninterrupted.<Boolean, RuntimeException>await(
                () -> {
                  goOn.await();
                  return true;
                });
          }
        });
  }

  /** One thread pays one force for each record; none for clears and rewrites. */
  @Test
  void forcesOnceForEachRecord() throws Exception {
    try (SlotRecordStore store = store(file(64))) {
      long forces =
          forces(
              () -> {
                for (int i = 0; i < 100; i++) {
                  store.reserve(1);
                  store.write(record(i));
                  store.rewrite(record(i));
                  store.remove(record(i).gtrid());
                  store.unreserve(1);
                }
              });

      assertThat(forces).isEqualTo(100);
    }
  }

  /** Bounds of the design for a forced write that takes 2 ms: 0.7 and 0.4 for each record. */
  @ParameterizedTest
  @CsvSource({"16, 0.7", "64, 0.4"})
  void threadsShareForces(int threads, double bound) throws Exception {
    SimulatedDisk disk = new SimulatedDisk(256);
    SlotRecordStore store = store(slow(disk));
    int before = disk.forces();
    int each = 40;

    List<Future<Boolean>> written =
        together(
            threads,
            number ->
                () -> {
                  for (int i = 0; i < each; i++) {
                    DecisionRecord record = record(number * each + i);
                    store.write(record);
                    store.remove(record.gtrid());
                  }
                  return true;
                });

    assertThat(written).hasSize(threads);
    assertThat(disk.forces() - before).isLessThan((int) (bound * threads * each));
  }

  private static Pages slow(SimulatedDisk disk) {
    return beforeForce(disk, () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2)));
  }

  private static Pages beforeForce(Pages pages, Runnable first) {
    return (Pages)
        Proxy.newProxyInstance(
            Pages.class.getClassLoader(),
            new Class<?>[] {Pages.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("force")) {
                first.run();
              }
              return method.invoke(pages, arguments);
            });
  }

  private long forces(Runnable work) throws IOException {
    Path recorded = directory.resolve("forces.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold();
      recording.start();
      work.run();
      recording.stop();
      recording.dump(recorded);
    }
    return RecordingFile.readAllEvents(recorded).stream()
        .filter(event -> event.getString("path").endsWith("slots"))
        .count();
  }

  @Test
  void belongsToItsOwnerAlone() throws IOException {
    file(1).close();

    assertThat(Files.getPosixFilePermissions(directory.resolve("slots"))).hasSize(2);
  }

  private interface Numbered {
    Callable<Boolean> of(int number);
  }

  private static List<Future<Boolean>> together(int threads, Numbered task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Boolean>> tasks = IntStream.range(0, threads).mapToObj(task::of).toList();
      List<Future<Boolean>> futures = pool.invokeAll(tasks);
      for (Future<Boolean> future : futures) {
        await(future);
      }
      return futures;
    } finally {
      pool.shutdownNow();
    }
  }

  private static void await(Future<Boolean> future) throws Exception {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
