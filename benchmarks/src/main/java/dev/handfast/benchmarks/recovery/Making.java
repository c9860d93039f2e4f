package dev.handfast.benchmarks.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes in-doubt transactions on several threads, each with sessions of its own. */
final class Making {

  private static final int THREADS = 8;

  private Making() {}

  /** One transaction; its failure to roll back is what is wanted. */
  @FunctionalInterface
  interface Maker {
    void make(Sessions sessions, int id) throws Exception;
  }

  static void run(Place place, Maker maker) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(
          threads.submit(
              () -> {
                try (Sessions sessions = Sessions.open(place)) {
                  int id = next.getAndIncrement();
                  while (id < place.transactions()) {
                    maker.make(sessions, id);
                    id = next.getAndIncrement();
                  }
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
  }
}
