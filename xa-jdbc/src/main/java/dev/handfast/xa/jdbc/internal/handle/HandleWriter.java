package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import java.io.IOException;
import java.io.Writer;

/** Is a stream of characters into the database that the application holds. */
final class HandleWriter extends Writer {

  private final Writer target;
  private final StreamCalls calls;

  HandleWriter(Writer target, ConnectionUse use) {
    this.target = target;
    this.calls = new StreamCalls(use, "write to a stream", target::flush);
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    calls.write(() -> target.write(characters, offset, length));
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
