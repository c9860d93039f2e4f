package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import java.io.IOException;
import java.io.OutputStream;

/** Is a stream of bytes into the database that the application holds. */
final class HandleOutputStream extends OutputStream {

  private final OutputStream target;
  private final StreamCalls calls;

  HandleOutputStream(OutputStream target, ConnectionUse use) {
    this.target = target;
    this.calls = new StreamCalls(use, "write to a stream", target::flush);
  }

  @Override
  public void write(int value) throws IOException {
    calls.write(() -> target.write(value));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    calls.write(() -> target.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    calls.flush();
  }

  @Override
  public void close() throws IOException {
    calls.close(target::close);
  }
}
