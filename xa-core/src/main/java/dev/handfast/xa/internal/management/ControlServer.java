package dev.handfast.xa.internal.management;

import dev.handfast.xa.recovery.Recovery;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The control socket: requests and answers as lines of JSON, over the application's own recovery. A
 * few clients at a time; one that is slow, silent or talks nonsense is cut off and harms nobody.
 */
public final class ControlServer implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(ControlServer.class);
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(10);

  private final SocketFile file;
  private final Function<String, Recovery> recoveryOf;
  private final Duration patience;
  private final Semaphore places = new Semaphore(CLIENTS);
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(daemons());
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, daemons());
  private volatile boolean stopped;

  private ControlServer(SocketFile file, Function<String, Recovery> recoveryOf, Duration patience) {
    this.file = file;
    this.recoveryOf = recoveryOf;
    this.patience = patience;
    threads.execute(this::accept);
  }

  /**
   * Opens the socket; while the lock of the log directory is held.
   *
   * @param recoveryOf the recovery as the given user of the operating system has it
   * @throws IOException if there can be no socket
   */
  public static ControlServer open(Path directory, Function<String, Recovery> recoveryOf)
      throws IOException {
    return open(directory, recoveryOf, PATIENCE);
  }

  static ControlServer open(
      Path directory, Function<String, Recovery> recoveryOf, Duration patience) throws IOException {
    return new ControlServer(SocketFile.open(directory), recoveryOf, patience);
  }

  /** Where it is. */
  public Path path() {
    return file.path();
  }

  private static ThreadFactory daemons() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "handfast-control-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private void accept() {
    while (!stopped) {
      try {
        SocketChannel client = file.channel().accept();
        clients.add(client);
        threads.execute(() -> serve(client));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException e) {
        if (!stopped) {
          LOG.debug("A client of the control socket could not be let in", e);
        }
      }
    }
  }

  private void serve(SocketChannel client) {
    boolean placed = places.tryAcquire();
    try (client;
        LineChannel lines = new LineChannel(client, clock, patience)) {
      if (placed) {
        serve(client, lines);
      } else {
        lines.write(ControlCommands.error("busy", CLIENTS + " others are being served"));
      }
    } catch (IOException e) {
      LOG.debug("A client of the control socket is gone", e);
    } finally {
      clients.remove(client);
      if (placed) {
        places.release();
      }
    }
  }

  private void serve(SocketChannel client, LineChannel lines) throws IOException {
    ControlCommands commands = new ControlCommands(recoveryOf.apply(Peer.user(client)));
    String line = lines.read();
    while (line != null && !stopped) {
      lines.write(commands.answer(line));
      line = lines.read();
    }
  }

  /** Nobody is let in any more, and nobody waits for a client; what is under way goes on. */
  public void stop() {
    stopped = true;
    try {
      file.close();
    } catch (IOException e) {
      LOG.debug("The control socket could not be removed", e);
    }
    clients.forEach(ControlServer::closeQuietly);
  }

  private static void closeQuietly(SocketChannel client) {
    try {
      client.close();
    } catch (IOException e) {
      LOG.debug("A client of the control socket could not be cut off", e);
    }
  }

  /**
   * As {@link #stop}, and ends the threads; recovery is closed, so nothing is under way for long.
   */
  @Override
  public void close() {
    stop();
    threads.shutdown();
    clock.shutdownNow();
    try {
      threads.awaitTermination(END.toNanos(), TimeUnit.NANOSECONDS);
      clock.awaitTermination(END.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
