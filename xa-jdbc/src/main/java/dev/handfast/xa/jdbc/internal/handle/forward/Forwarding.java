package dev.handfast.xa.jdbc.internal.handle.forward;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import dev.handfast.xa.jdbc.internal.branch.DriverCall;
import java.io.InputStream;
import java.io.Reader;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes calls on to what the pool or the driver made. All handles of the application have this in
 * common, so that each of their calls is refused where it does not belong, and tells when the use
 * of its connection is over.
 */
public abstract class Forwarding<T> {

  private final T target;
  private final Origin origin;

  protected Forwarding(T target, Origin origin) {
    this.target = target;
    this.origin = origin;
  }

  /**
   * @param origin makes the origin of what is reached from here, where it begins
   */
  Forwarding(T target, Function<Forwarding<T>, Origin> origin) {
    this.target = target;
    this.origin = origin.apply(this);
  }

  protected final T target() {
    return target;
  }

  protected final Origin origin() {
    return origin;
  }

  protected final ConnectionUse use() {
    return origin.use();
  }

  /** Refuses a call that does not belong to the transaction of this handle. */
  protected void check() throws SQLException {
    use().check();
  }

  /** Answers the statement by which work of this handle can be cancelled, null if there is none. */
  protected @Nullable Statement running() {
    return origin.statement();
  }

  /** Answers a handle of what a call answered. */
  protected <R extends @Nullable Object> R reached(R answer) {
    return origin.reached(answer);
  }

  /** Makes a call that asks nothing of the database, or goes on with what is executed. */
  protected final <R extends @Nullable Object> R call(DriverCall<R> call) throws SQLException {
    check();
    return use().call(call);
  }

  /** Makes a call as {@link #call} does. */
  protected final void run(DriverCall.Step step) throws SQLException {
    call(step);
  }

  /** Makes a call whose answer may lead on. */
  protected final <R extends @Nullable Object> R reach(DriverCall<R> call) throws SQLException {
    return reached(call(call));
  }

  /** Makes a call whose answer has the type that the application asked for, and may lead on. */
  protected final <R extends @Nullable Object> R reach(Class<R> type, DriverCall<R> call)
      throws SQLException {
    Object answer = this.<@Nullable Object>reached(call(call));
    if (answer != null && !type.isInstance(answer)) {
      throw new SQLFeatureNotSupportedException(
          "no " + type.getName() + " is given out. To solve this, ask for the type of java.sql");
    }
    return type.cast(answer);
  }

  /**
   * Makes a call that is work on the database.
   *
   * @param what names it for a message
   */
  protected final <R extends @Nullable Object> R ask(String what, DriverCall<R> call)
      throws SQLException {
    return use().execute(running(), () -> what, () -> use().call(call));
  }

  /** Does work as {@link #ask} does. */
  protected final void work(String what, DriverCall.Step step) throws SQLException {
    ask(what, step);
  }

  /** Does work whose answer leads on. */
  protected final <R extends @Nullable Object> R query(String what, DriverCall<R> call)
      throws SQLException {
    return reached(ask(what, call));
  }

  /** Ends a thing. It works wherever it is called, and does nothing once the use is over. */
  protected final void end(DriverCall.Step step) throws SQLException {
    use().callOr(true, step);
  }

  /**
   * Answers what the driver made if the argument is a handle of the same connection, because
   * drivers take only their own for their own; else the same.
   */
  protected final <A extends @Nullable Object> A bare(A argument) {
    Object made = argument;
    if (argument instanceof Forwarding<?> handle && handle.use() == use()) {
      made = handle.target;
    } else if (argument instanceof Object[] elements) {
      Object[] bare = elements.clone();
      Arrays.setAll(bare, i -> this.<@Nullable Object>bare(elements[i]));
      made = bare;
    }
    @SuppressWarnings("unchecked")
    A same = (A) made;
    return same;
  }

  /** Passes on a value, which is work on the database if that is of any length. */
  protected final void give(String what, @Nullable Object value, DriverCall.Step step)
      throws SQLException {
    if (value instanceof Blob
        || value instanceof Clob
        || value instanceof InputStream
        || value instanceof Reader) {
      work(what, step);
    } else {
      call(step);
    }
  }

  /** Answers this, or leads to what the driver made: from there on, nothing is watched. */
  public final <W> W unwrap(Class<W> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    use().rememberBranch();
    use().touch().handOut();
    return call(() -> ((Wrapper) target).unwrap(type));
  }

  public final boolean isWrapperFor(Class<?> type) throws SQLException {
    return type.isInstance(this) || call(() -> ((Wrapper) target).isWrapperFor(type));
  }

  @Override
  public final String toString() {
    return target.toString();
  }
}
