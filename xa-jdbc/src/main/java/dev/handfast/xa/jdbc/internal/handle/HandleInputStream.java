package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import java.io.IOException;
import java.io.InputStream;

/** Is a stream of bytes out of the database that the application holds. */
final class HandleInputStream extends InputStream {

  private final InputStream target;
  private final StreamCalls calls;

  HandleInputStream(InputStream target, ConnectionUse use) {
    this.target = target;
    this.calls = new StreamCalls(use, "read of a stream", () -> {});
  }

  @Override
  public int read() throws IOException {
    return calls.call(target::read);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return calls.call(() -> target.read(bytes, offset, length));
  }

  @Override
  public long skip(long count) throws IOException {
    return calls.call(() -> target.skip(count));
  }

  @Override
  public int available() throws IOException {
    return calls.call(target::available);
  }

  @Override
  public boolean markSupported() {
    return target.markSupported();
  }

  @Override
  public void mark(int limit) {
    target.mark(limit);
  }

  @Override
  public void reset() throws IOException {
    calls.call(
        () -> {
          target.reset();
          return true;
        });
  }

  @Override
  public void close() throws IOException {
    calls.close(target::close);
  }
}
