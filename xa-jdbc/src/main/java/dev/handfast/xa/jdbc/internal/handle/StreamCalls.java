package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import dev.handfast.xa.jdbc.internal.branch.PendingWrites;
import java.io.IOException;
import java.io.Serial;
import java.sql.SQLException;

/** Makes the calls of a stream as work on the database, and tells of a refusal as streams do. */
final class StreamCalls implements PendingWrites.Source {

  private final ConnectionUse use;
  private final String what;
  private final Step flush;
  private boolean written;

  /**
   * @param what names the work, for messages
   * @param flush passes on what was written
   */
  StreamCalls(ConnectionUse use, String what, Step flush) {
    this.use = use;
    this.what = what;
    this.flush = flush;
  }

  interface Call<R> {
    R run() throws IOException;
  }

  interface Step {
    void take() throws IOException;
  }

  /** Carries the failure of a stream. */
  private static final class StreamFailure extends SQLException {

    @Serial private static final long serialVersionUID = 1L;

    private final IOException failure;

    StreamFailure(IOException failure) {
      super(failure.getMessage(), failure);
      this.failure = failure;
    }
  }

  <R> R call(Call<R> call) throws IOException {
    try {
      return use.execute(null, () -> what, () -> use.call(() -> inSql(call)));
    } catch (SQLException e) {
      throw inIo(e);
    }
  }

  private void work(Step step) throws IOException {
    call(
        () -> {
          step.take();
          return true;
        });
  }

  /** Writes something, of which the driver may keep some for later. */
  void write(Step step) throws IOException {
    work(step);
    if (!written) {
      written = true;
      use.pending().add(this);
    }
  }

  void flush() throws IOException {
    work(flush);
    passedOn();
  }

  private void passedOn() {
    if (written) {
      written = false;
      use.pending().remove(this);
    }
  }

  /** Is called before the branch ends, so that nothing is lost that was written. */
  @Override
  public void passOn() throws SQLException {
    use.call(
        () ->
            inSql(
                () -> {
                  flush.take();
                  return true;
                }));
    passedOn();
  }

  /**
   * Ends the stream. If something that was written has not been passed on and cannot be any more,
   * the call fails.
   */
  void close(Step close) throws IOException {
    if (written) {
      work(close);
      passedOn();
    } else {
      finish(close);
    }
  }

  private void finish(Step step) throws IOException {
    try {
      use.finish(
          () ->
              inSql(
                  () -> {
                    step.take();
                    return true;
                  }));
    } catch (SQLException e) {
      throw inIo(e);
    }
  }

  private static <R> R inSql(Call<R> call) throws SQLException {
    try {
      return call.run();
    } catch (IOException e) {
      throw new StreamFailure(e);
    }
  }

  private static IOException inIo(SQLException failure) {
    return failure instanceof StreamFailure stream
        ? stream.failure
        : new IOException(failure.getMessage(), failure);
  }
}
