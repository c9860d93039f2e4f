package dev.handfast.xa.internal.decision;

import dev.handfast.xa.internal.platform.StackRoom;
import dev.handfast.xa.spi.Gtrid;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets those who change one record take turns: the transaction itself, the passes of several
 * resource managers, and an operator's order. What one writes is what the next one reads. Safe for
 * use by many threads, of which a second turn on the same record waits for nobody.
 */
final class RecordTurns {

  private final Map<Gtrid, Turn> turns = new ConcurrentHashMap<>();

  private static final class Turn {
    private int users;

    Turn joined() {
      users++;
      return this;
    }

    boolean isLeftByLast() {
      users--;
      return users == 0;
    }
  }

  void take(Gtrid gtrid, Runnable work) {
    var unused =
        take(
            gtrid,
            () -> {
              work.run();
              return true;
            });
  }

  <T> T take(Gtrid gtrid, Supplier<T> work) {
    StackRoom.require();
    Turn turn = turns.compute(gtrid, (key, there) -> (there == null ? new Turn() : there).joined());
    try {
      // A monitor is given back whatever is thrown, at the end of the stack as well; a lock is not.
      synchronized (turn) {
        return work.get();
      }
    } finally {
      try {
        turns.computeIfPresent(gtrid, (key, there) -> there.isLeftByLast() ? null : there);
      } catch (Throwable e) {
        // What was written is told all the same; a turn that nobody waits for stays in the map.
      }
    }
  }
}
