package dev.handfast.benchmarks.transactions;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.spi.Resource;

/**
 * What one transaction does. Handfast's own classes are whichever build the measured JVM has on its
 * class path, so that nothing but public API may be used.
 */
interface MeasuredApplication {

  Resource<?>[] resources();

  /** Takes the handles from a runtime that has these resources. */
  Transaction on(Handfast handfast) throws Exception;

  /** One global transaction; safe for use by many threads. */
  interface Transaction {

    /**
     * Begins, works with both resource managers and commits.
     *
     * @param number another one for each transaction that runs at the same time
     */
    void run(int number) throws Exception;
  }
}
