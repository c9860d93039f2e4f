package dev.handfast.xa.internal.management;

import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 over a socket. Each line must come, or go, within a time, else the socket is
 * closed; a Unix-domain socket has no timeout of its own. Used by one thread.
 */
final class LineChannel implements AutoCloseable {

  /** The longest line that is read; ten thousand transactions fit. */
  static final int LONGEST = 4 * 1024 * 1024;

  private static final MessageLog LOG = MessageLog.of(LineChannel.class);
  private static final int CHUNK = 8 * 1024;

  private final SocketChannel channel;
  private final ScheduledExecutorService clock;
  private final Duration patience;
  private ByteBuffer buffer = ByteBuffer.allocate(CHUNK).flip();
  private boolean ended;

  LineChannel(SocketChannel channel, ScheduledExecutorService clock, Duration patience) {
    this.channel = channel;
    this.clock = clock;
    this.patience = patience;
  }

  @FunctionalInterface
  private interface Transfer<T> {
    T run() throws IOException;
  }

  private <T> T timed(Transfer<T> transfer) throws IOException {
    Future<?> cut;
    try {
      cut = clock.schedule(this::cutOff, patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new IOException("The control socket is closed", e);
    }
    try {
      return transfer.run();
    } finally {
      cut.cancel(false);
    }
  }

  private void cutOff() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("A slow client could not be cut off", e);
    }
  }

  /**
   * The next line without its end; null at the end of the stream.
   *
   * @throws BadLineException if it is too long, not UTF-8, or not complete
   * @throws IOException if it is late
   */
  @Nullable String read() throws IOException {
    return timed(() -> Optional.ofNullable(line())).orElse(null);
  }

  private @Nullable String line() throws IOException {
    int searched = 0;
    while (true) {
      for (int at = buffer.position() + searched; at < buffer.limit(); at++) {
        if (buffer.get(at) == '\n') {
          return taken(at);
        }
      }
      searched = buffer.remaining();
      if (searched > LONGEST) {
        throw new BadLineException("A line is longer than " + LONGEST + " bytes", false);
      }
      if (!fill()) {
        if (searched > 0) {
          throw new BadLineException("The last line has no end", false);
        }
        return null;
      }
    }
  }

  private String taken(int end) throws BadLineException {
    ByteBuffer line = buffer.slice(buffer.position(), end - buffer.position());
    buffer.position(end + 1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(line).toString();
    } catch (CharacterCodingException e) {
      throw new BadLineException("The line is not UTF-8", true);
    }
  }

  /** More bytes behind those that are left; false at the end of the stream. */
  private boolean fill() throws IOException {
    ByteBuffer next = buffer;
    if (buffer.position() == 0 && buffer.limit() < buffer.capacity()) {
      next.position(buffer.limit()).limit(buffer.capacity());
    } else {
      next = ByteBuffer.allocate(Math.max(CHUNK, 2 * buffer.remaining())).put(buffer);
    }
    ended |= channel.read(next) < 0;
    buffer = next.flip();
    return !ended;
  }

  /**
   * Whether somebody is there to read an answer; waits for nothing. A client that has ended its own
   * side may still read, or it has hung up: that is found out by a blank, which may stand before
   * any answer.
   */
  boolean isHeard() {
    try {
      if (!ended && buffer.remaining() < LONGEST) {
        channel.configureBlocking(false);
        fill();
        channel.configureBlocking(true);
      }
      if (ended) {
        send(" ");
      }
      return true;
    } catch (IOException e) {
      LOG.debug("A client has hung up", e);
      return false;
    }
  }

  /** Sends a line, which holds no line end itself. */
  void write(String line) throws IOException {
    send(line + "\n");
  }

  private void send(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    timed(
        () -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
          return bytes;
        });
  }

  @Override
  public void close() {
    cutOff();
  }
}
