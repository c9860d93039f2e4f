package dev.handfast.xa.internal.order;

import dev.handfast.xa.config.Refusal;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Uninterrupted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that touches the audit log. A write that does not return within the bound fails,
 * and so does every later one at once until it returns. Whoever calls holds no lock of recovery,
 * which would wait with him. Safe for use by many threads.
 */
public final class AuditWriter implements AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(AuditWriter.class);

  private final AuditSink sink;
  private final Duration bound;
  private final Platform platform;
  private final ExecutorService thread;
  private final Set<Write> unended = ConcurrentHashMap.newKeySet();
  private volatile boolean begun;
  private volatile boolean closed;

  AuditWriter(AuditSink sink, Duration bound, Platform platform) {
    this.sink = sink;
    this.bound = bound;
    this.platform = platform;
    this.thread = Executors.newSingleThreadExecutor(platform.daemons("handfast-audit"));
  }

  /**
   * Of the directory of a log; begins no thread before the first write.
   *
   * @param directory null for a log in memory: the lines then go to the application's log
   * @param bound of one write
   */
  public static AuditWriter in(@Nullable Path directory, Duration bound, Platform platform) {
    return new AuditWriter(
        directory == null ? new LoggedLines() : new AuditFile(platform.disk(), directory),
        bound,
        platform);
  }

  /**
   * Writes what is ordered; durable when it returns.
   *
   * @param withdrawal what is written behind it if this fails and it can be written all the same:
   *     the order is not carried out
   * @throws IOException with the mend, if it could not be written in time or this is closed
   */
  public void order(String lines, Supplier<String> withdrawal) throws IOException {
    run(new Write(lines, true, withdrawal));
  }

  /**
   * Writes what came of an order; durable after {@link #force}, and otherwise as {@link #order}.
   */
  public void result(String lines) throws IOException {
    run(new Write(lines, false, null));
  }

  /** Forces what was written. */
  public void force() throws IOException {
    run(new Write("", true, null));
  }

  private void run(Write write) throws IOException {
    if (unended.stream().anyMatch(Write::isGivenUp)) {
      throw hangs("An earlier write to " + sink + " has not returned");
    }
    unended.add(write);
    boolean taken = false;
    try {
      thread.execute(write);
      taken = true;
      begun = true;
    } catch (RejectedExecutionException e) {
      throw isClosed(e);
    } finally {
      if (!taken) {
        unended.remove(write);
      }
    }
    Optional<IOException> failure = write.await();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private static AuditRefusal isClosed(@Nullable Throwable cause) {
    return new AuditRefusal("The runtime is closed", cause);
  }

  private static AuditRefusal hangs(String what) {
    return new AuditRefusal(
        what
            + ". To solve this, find out why its file system does not answer; the bound is"
            + " handfast.recovery.call-timeout.",
        null);
  }

  private AuditRefusal failed(Throwable cause) {
    return cause instanceof AuditRefusal refusal
        ? refusal
        : new AuditRefusal(
            cause
                + ". To solve this, "
                + Refusal.mend(cause, "give this process the right to write " + sink)
                + ".",
            cause);
  }

  /**
   * Takes no more; what is ordered and not yet written fails at once, and results that are being
   * written are waited for within their bound. A write that hangs is left to end by itself, and
   * writes nothing then if it has not begun to.
   */
  @Override
  public void close() {
    closed = true;
    try {
      if (begun) {
        thread.execute(this::closeSink);
      }
    } catch (RejectedExecutionException e) {
      // it is closed already
    } finally {
      thread.shutdown();
    }
    unended.forEach(Write::release);
    unended.forEach(Write::await);
    if (unended.isEmpty()) {
      Uninterrupted.await(
          () -> thread.awaitTermination(Platform.nanos(bound), TimeUnit.NANOSECONDS));
    }
  }

  private void closeSink() {
    try {
      sink.close();
    } catch (IOException | RuntimeException | Error e) {
      LOG.debug("The audit log could not be closed", e);
    }
  }

  /** One write, which its waiter may give up; the first to say how it ended is right. */
  private final class Write implements Runnable {

    private final String lines;
    private final boolean force;
    private final @Nullable Supplier<String> withdrawal;
    private final CompletableFuture<Optional<IOException>> end = new CompletableFuture<>();

    private Write(String lines, boolean force, @Nullable Supplier<String> withdrawal) {
      this.lines = lines;
      this.force = force;
      this.withdrawal = withdrawal;
    }

    @Override
    public void run() {
      Optional<IOException> failure = write();
      unended.remove(this);
      boolean inTime = end.complete(failure);
      if (withdrawal != null && !closed && (!inTime || failure.isPresent())) {
        withdraw(withdrawal);
      }
    }

    private Optional<IOException> write() {
      if (end.isDone()) {
        return end.join();
      }
      try {
        sink.append(lines, force, () -> !end.isDone());
        return Optional.empty();
      } catch (IOException | RuntimeException | Error e) {
        return Optional.of(failed(e));
      }
    }

    private void withdraw(Supplier<String> line) {
      try {
        sink.append(line.get(), false, () -> !closed);
      } catch (IOException | RuntimeException | Error e) {
        LOG.debug("The audit log may tell of an order that was refused", e);
      }
    }

    /** While it is still under way: nobody waits for it any more. */
    private boolean isGivenUp() {
      return end.isDone();
    }

    /** The runtime is being closed: an order that is not written yet cannot be carried out. */
    private void release() {
      if (withdrawal != null) {
        end.complete(Optional.of(isClosed(null)));
      }
    }

    /** Waits for the end, within the bound, and gives it up then; how it ended. */
    private Optional<IOException> await() {
      long until = platform.momentIn(bound);
      if (!Uninterrupted.await(() -> hasEnded(until))) {
        end.complete(
            Optional.of(hangs(sink + " has not answered within " + bound.toMillis() + " ms")));
      }
      return end.join();
    }

    private boolean hasEnded(long until) throws InterruptedException {
      try {
        end.get(Math.max(0, platform.nanosUntil(until)), TimeUnit.NANOSECONDS);
        return true;
      } catch (ExecutionException e) {
        return true;
      } catch (TimeoutException e) {
        return false;
      }
    }
  }
}
