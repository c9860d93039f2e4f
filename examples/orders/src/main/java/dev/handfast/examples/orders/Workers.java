package dev.handfast.examples.orders;

import dev.handfast.examples.orders.input.Invoice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that share the invoices so that each customer's are done by one thread, in order. */
final class Workers {

  /** What is done with each invoice. */
  @FunctionalInterface
  interface Work {
    void accept(Invoice invoice) throws Exception;
  }

  private final int threads;
  private final Work work;

  Workers(int threads, Work work) {
    this.threads = threads;
    this.work = work;
  }

  /**
   * Does all the work and returns; at the first failure the other threads are told to stop.
   *
   * @throws ExecutionException with the first failure
   */
  void doAll(List<Invoice> invoices) throws ExecutionException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      ExecutorCompletionService<Void> done = new ExecutorCompletionService<>(pool);
      List<List<Invoice>> shares = shares(invoices, threads);
      shares.forEach(share -> done.submit(inOrder(share)));
      for (int i = 0; i < shares.size(); i++) {
        done.take().get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** One list per thread, each in the order of the file; a customer is in one of them only. */
  static List<List<Invoice>> shares(List<Invoice> invoices, int threads) {
    List<List<Invoice>> shares = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      shares.add(new ArrayList<>());
    }
    for (Invoice invoice : invoices) {
      Object key = invoice.customer() == null ? invoice.number() : invoice.customer();
      shares.get(Math.floorMod(key.hashCode(), threads)).add(invoice);
    }
    return shares;
  }

  private Callable<Void> inOrder(List<Invoice> share) {
    return () -> {
      for (Invoice invoice : share) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException("told to stop before invoice " + invoice.number());
        }
        work.accept(invoice);
      }
      return null;
    };
  }
}
