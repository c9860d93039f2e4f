package dev.handfast.benchmarks.transactions;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.handfast.benchmarks.transactions.MeasuredApplication.Transaction;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Commits transactions with the build of Handfast that is on its class path. */
final class MeasuredJvm {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean THREAD =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private final Transaction transaction;
  private final int transactions;

  private MeasuredJvm(Transaction transaction, int transactions) {
    this.transaction = transaction;
    this.transactions = transactions;
  }

  /** The arguments are those of a {@link Round}; prints the line of each {@link Lap}. */
  public static void main(String[] arguments) throws Exception {
    Round round = Round.of(arguments);
    MeasuredApplication application = round.workload().application(round);
    try (Handfast handfast =
        Handfast.builder()
            .nodeName("bench")
            .logStore(LogStore.file(round.directory().resolve("log")))
            .resources(application.resources())
            .start()) {
      MeasuredJvm jvm = new MeasuredJvm(application.on(handfast), round.transactions());
      for (int lap = 0; lap < Round.WARM_UP; lap++) {
        jvm.lap(Collections.max(Round.THREADS));
      }
      for (int threads : Round.THREADS) {
        System.out.println(jvm.lap(threads).line());
      }
    }
  }

  private Lap lap(int threads) throws Exception {
    AtomicInteger numbers = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      long processor = SYSTEM.getProcessCpuTime();
      long begin = System.nanoTime();
      double bytes = 0;
      for (Future<Long> worker :
          workers.invokeAll(Collections.nCopies(threads, (Callable<Long>) () -> work(numbers)))) {
        bytes += worker.get();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      double micros = (SYSTEM.getProcessCpuTime() - processor) / 1e3;
      return new Lap(threads, transactions / seconds, micros / transactions, bytes / transactions);
    } finally {
      workers.shutdown();
    }
  }

  /** Runs transactions as long as any are left; answers the bytes that this allocated. */
  private long work(AtomicInteger numbers) throws Exception {
    long begin = THREAD.getCurrentThreadAllocatedBytes();
    for (int number = numbers.getAndIncrement();
        number < transactions;
        number = numbers.getAndIncrement()) {
      transaction.run(number);
    }
    return THREAD.getCurrentThreadAllocatedBytes() - begin;
  }
}
