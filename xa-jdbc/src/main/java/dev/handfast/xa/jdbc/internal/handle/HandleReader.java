package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import java.io.IOException;
import java.io.Reader;

/** Is a stream of characters out of the database that the application holds. */
final class HandleReader extends Reader {

  private final Reader target;
  private final StreamCalls calls;

  HandleReader(Reader target, ConnectionUse use) {
    this.target = target;
    this.calls = new StreamCalls(use, "read of a stream", () -> {});
  }

  @Override
  public int read(char[] characters, int offset, int length) throws IOException {
    return calls.call(() -> target.read(characters, offset, length));
  }

  @Override
  public long skip(long count) throws IOException {
    return calls.call(() -> target.skip(count));
  }

  @Override
  public boolean ready() throws IOException {
    return calls.call(target::ready);
  }

  @Override
  public void close() throws IOException {
    calls.close(target::close);
  }
}
