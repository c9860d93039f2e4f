package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.spi.MessageLog;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Leaves nothing of Netty's on a thread that calls the client. Netty keeps what it remembers of a
 * thread in one thread-local, whose value holds the class loader of Netty, and with it an
 * application that brought it along, as long as the thread lives: in a container, after the
 * application is gone. If the thread had none before a call, what it has afterwards is the call's
 * and is removed; if somebody else uses the same Netty on the thread, all stays as it is. Where
 * Netty stays anyway, so does what it left.
 */
public final class CallersThread {

  private static final MessageLog LOG = MessageLog.of(CallersThread.class);

  /** A call to the client. */
  @FunctionalInterface
  public interface Work<T, X extends Throwable> {
    T run() throws X;
  }

  private CallersThread() {}

  /** Makes a call, and returns its result. It must not run anything of the application's. */
  public static <T, X extends Throwable> T leftClean(Work<T, X> work) throws X {
    if (!NettysOrigin.isTheApplication()) {
      return work.run();
    }
    boolean used = FastThreadLocal.size() > 0;
    try {
      return work.run();
    } finally {
      if (!used) {
        clean();
      }
    }
  }

  /** What the call came to is told, whatever its remains do when they are removed. */
  private static void clean() {
    try {
      FastThreadLocal.removeAll();
    } catch (RuntimeException e) {
      LOG.debug("Netty may have left something on the calling thread", e);
    }
  }
}
