package dev.handfast.xa.internal.management;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.recovery.Recovery;
import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The control socket: requests and answers as lines of JSON, over the application's own recovery. A
 * few clients at a time; one that is slow, silent or talks nonsense is cut off and harms nobody.
 */
public final class ControlServer implements AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(ControlServer.class);
  private static final String THREADS = "handfast-control";
  private static final int CLIENTS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration END = Duration.ofSeconds(10);

  /** After which it is tried again to let somebody in, where there was no thread or no file. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final SocketFile file;
  private final Function<String, Recovery> recoveryOf;
  private final Duration patience;
  private final Semaphore places = new Semaphore(CLIENTS);
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads;
  private final ScheduledThreadPoolExecutor clock;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private ControlServer(
      SocketFile file,
      Function<String, Recovery> recoveryOf,
      Duration patience,
      Platform platform) {
    this.file = file;
    this.recoveryOf = recoveryOf;
    this.patience = patience;
    var daemons = platform.numberedDaemons(THREADS);
    this.threads = Executors.newCachedThreadPool(daemons);
    this.clock = new ScheduledThreadPoolExecutor(1, daemons);
  }

  /**
   * Opens the socket; while the lock of the log directory is held.
   *
   * @param recoveryOf the recovery as the given user of the operating system has it
   * @throws IOException if there can be no socket, or no thread for it
   */
  public static ControlServer open(
      Path directory, Function<String, Recovery> recoveryOf, Platform platform) throws IOException {
    return open(directory, recoveryOf, PATIENCE, platform);
  }

  static ControlServer open(
      Path directory, Function<String, Recovery> recoveryOf, Duration patience, Platform platform)
      throws IOException {
    var server = new ControlServer(SocketFile.open(directory), recoveryOf, patience, platform);
    try {
      server.clock.prestartCoreThread();
      server.threads.execute(server::accept);
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw new IOException("no thread can be started for it", e);
    }
  }

  /** Where it is. */
  public Path path() {
    return file.path();
  }

  private void accept() {
    while (!isStopped()) {
      try {
        admit(file.channel().accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException | Error e) {
        tell(e);
        pause();
      }
    }
  }

  /** Where no file is to be had, a class that logging needs may not be found either. */
  private static void tell(Throwable why) {
    try {
      LOG.debug("No client of the control socket can be let in at the moment", why);
    } catch (RuntimeException | Error e) {
      // It is tried again in any case.
    }
  }

  /** Hands a client to a thread of its own, or closes it where there is none. */
  private void admit(SocketChannel client) {
    clients.add(client);
    boolean served = false;
    try {
      threads.execute(() -> serve(client));
      served = true;
    } finally {
      if (!served) {
        clients.remove(client);
        closeQuietly(client);
      }
    }
  }

  private void pause() {
    try {
      stopped.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
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
    } catch (IOException | RuntimeException | Error e) {
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
    boolean more = true;
    while (more && !isStopped()) {
      more = serveLine(lines, commands);
    }
  }

  /** Whether another line may follow. */
  private static boolean serveLine(LineChannel lines, ControlCommands commands) throws IOException {
    try {
      String line = lines.read();
      if (line != null) {
        lines.write(commands.answer(line, lines::isHeard));
      }
      return line != null;
    } catch (BadLineException e) {
      lines.write(ControlCommands.error("request", e.getMessage()));
      return e.leavesTheNext();
    }
  }

  /** Nobody is let in any more, and nobody waits for a client; what is under way goes on. */
  public void stop() {
    stopped.countDown();
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
