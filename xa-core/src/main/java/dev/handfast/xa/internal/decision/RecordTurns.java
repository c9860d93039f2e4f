package dev.handfast.xa.internal.decision;

import dev.handfast.xa.spi.Gtrid;
import java.util.function.Supplier;

/**
 * Lets those who change one record take turns: the transaction itself, the passes of several
 * resource managers, and an operator's order. What one writes is what the next one reads. Safe for
 * use by many threads, of which a second turn on the same record waits for nobody.
 *
 * <p>A turn is a monitor, which the JVM gives back whatever is thrown; a lock, or a map of them,
 * may be left in the midst of its work at the end of a stack. Two records share a monitor by
 * chance.
 */
final class RecordTurns {

  /** A power of two; a hundred threads seldom meet. */
  private static final int MONITORS = 4096;

  private final Object[] monitors = new Object[MONITORS];

  RecordTurns() {
    for (int i = 0; i < MONITORS; i++) {
      monitors[i] = new Object();
    }
  }

  void take(Gtrid gtrid, Runnable work) {
    synchronized (monitor(gtrid)) {
      work.run();
    }
  }

  <T> T take(Gtrid gtrid, Supplier<T> work) {
    synchronized (monitor(gtrid)) {
      return work.get();
    }
  }

  /** The end of a gtrid is the same for all of a store: its hash is mixed. */
  private Object monitor(Gtrid gtrid) {
    int hash = gtrid.hashCode() * 0x9E3779B9;
    return monitors[hash >>> 20];
  }
}
