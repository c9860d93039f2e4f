package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.jdbc.internal.sql.Mark;
import dev.handfast.xa.jdbc.internal.sql.SqlWords;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.Uninterrupted;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Is one use of a connection by the application: by one global transaction, or, outside a
 * transaction, from getting the connection to closing it. Once the use has ended, nothing is
 * executed any more in its name, even if another thread rolls the transaction back while a
 * statement is on its way: that statement would run outside the transaction.
 */
public final class ConnectionUse {

  private final String resource;
  private final ResourceContext context;
  private final @Nullable GlobalTransaction transaction;
  private final DriverAccess access;
  private final Lending lending = new Lending();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Statement running;
  private volatile boolean ended;
  private volatile boolean touchedSession;
  private volatile boolean touchedDriver;

  ConnectionUse(
      String resource,
      ResourceContext context,
      @Nullable GlobalTransaction transaction,
      DriverAccess access) {
    this.resource = resource;
    this.context = context;
    this.transaction = transaction;
    this.access = access;
  }

  public interface Work {
    @Nullable Object run() throws SQLException;
  }

  /**
   * Makes a call of the application's into the driver. If it fails because the use is over, the
   * exception says so. The connection is not given back while the call is under way: the pool would
   * take its failure for one of the next owner's, and drop a connection that is idle.
   */
  public @Nullable Object call(Work work) throws SQLException {
    return call(
        work,
        () -> {
          throw givenBack();
        });
  }

  /**
   * Makes a call as {@link #call(Work)} does.
   *
   * @param givenBack is done in place of the call once the connection was given back
   */
  public @Nullable Object call(Work work, Work givenBack) throws SQLException {
    if (transaction == null) {
      return made(work);
    }
    if (!lending.enter()) {
      return givenBack.run();
    }
    try {
      return made(work);
    } finally {
      lending.leave();
    }
  }

  private @Nullable Object made(Work work) throws SQLException {
    try {
      return access.forApplication(work);
    } catch (SQLException e) {
      throw explained(e);
    }
  }

  /** Says why a call on what was given back is refused. */
  public SQLException givenBack() {
    return explained(new SQLException("the connection was given back"));
  }

  /**
   * Closes the connection. Does nothing if it is given back already: it has another owner then. If
   * the transaction ends meanwhile, it is given back afterwards.
   */
  public void close(Work closing) throws SQLException {
    if (transaction == null) {
      if (lending.endNow()) {
        call(closing);
      }
    } else if (lending.enter()) {
      try {
        call(closing);
      } finally {
        lending.leave();
      }
    }
  }

  private SQLException explained(SQLException failure) {
    if (transaction != null && (ended || !transaction.acceptsWork())) {
      return WorkRefusals.refused(resource, transaction, failure);
    }
    String broken = access.broken();
    return broken == null ? failure : WorkRefusals.brokenOff(resource, broken, failure);
  }

  /**
   * Executes a statement, unless the use has ended. {@link #end} waits for it.
   *
   * @param what tells what is executed, without values
   */
  public @Nullable Object execute(Statement statement, Supplier<String> what, Work work)
      throws SQLException {
    lock.lock();
    try {
      check();
      note(what);
      running = statement;
      return work.run();
    } finally {
      running = null;
      lock.unlock();
    }
  }

  private void note(Supplier<String> what) {
    if (transaction != null) {
      transaction.did(what);
    }
  }

  /**
   * Ends the use. The call waits for what is being executed, and cancels it if another thread
   * executes it. What does not end within the bound of the connection is broken off.
   */
  void end() {
    if (!ended && awaitIdle()) {
      lock.unlock();
    }
    ended = true;
  }

  /** Waits as {@link #end} does, and lets the use go on. */
  void pause() {
    if (awaitIdle()) {
      lock.unlock();
    }
  }

  /** Answers true with the lock held, false if the connection had to be broken off. */
  private boolean awaitIdle() {
    if (lock.tryLock()) {
      return true;
    }
    String occupation = access.session().occupation();
    if (occupation != null) {
      access.breakOff(occupation);
      return false;
    }
    long end = System.nanoTime() + access.bound().toNanos();
    Helper cancel = Helper.start("cancel", this::cancel);
    boolean idle =
        Uninterrupted.<Boolean, RuntimeException>await(
            () -> lock.tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS));
    // A cancel that is still on its way would hit whatever comes next on the connection.
    if (idle && cancel.ends(Duration.ofNanos(Math.max(0, end - System.nanoTime())))) {
      return true;
    }
    if (idle) {
      lock.unlock();
    }
    access.breakOff(
        "a statement did not end within " + access.bound().toMillis() + " ms of its cancel");
    return false;
  }

  /** Lets the use go on, because its branch was started, joined or resumed. */
  void resume() {
    ended = false;
  }

  Lending lending() {
    return lending;
  }

  /** Refuses work that would not be part of the transaction it belongs to. */
  public void check() throws SQLException {
    GlobalTransaction current = context.current();
    if (transaction == null) {
      if (current != null) {
        throw WorkRefusals.takenOutside(resource, current);
      }
    } else if (current == null || !current.gtrid().equals(transaction.gtrid())) {
      throw WorkRefusals.foreign(resource, transaction, current);
    } else if (!current.acceptsWork() || ended) {
      throw WorkRefusals.refused(resource, current, null);
    }
  }

  /** Refuses SQL that would end the branch, and notes what changes the session. */
  public void checkSql(String sql) throws SQLException {
    Set<Mark> marks = access.marks(sql);
    if (transaction != null && marks.contains(Mark.ENDS_BRANCH)) {
      refuseInTransaction("'" + SqlWords.first(access.ending(sql), 2) + "'");
    }
    if (transaction != null && marks.contains(Mark.MAY_END_BRANCH)) {
      rememberBranch();
    }
    if (marks.contains(Mark.CHANGES_SESSION)) {
      noteSession();
    }
  }

  /**
   * Has the session remember which transaction of the database the branch is, because of what comes
   * next it cannot be told beforehand whether it ends the branch: the vote then asks for it.
   */
  public void rememberBranch() throws SQLException {
    if (transaction == null) {
      return;
    }
    lock.lock();
    try {
      if (!ended) {
        call(
            () -> {
              access.session().remember();
              return null;
            });
      }
    } finally {
      lock.unlock();
    }
  }

  /** Notes that the application may change what the session keeps beyond this use. */
  public void noteSession() {
    touchedSession = true;
  }

  /** Notes that the application is given the driver's own connection, with which it may do all. */
  public void noteDriver() {
    touchedDriver = true;
  }

  /** Whether the application may have changed what the session keeps beyond this use. */
  boolean touchedSession() {
    return touchedSession;
  }

  /** Whether the application was given the driver's own connection. */
  boolean touchedDriver() {
    return touchedDriver;
  }

  boolean isInTransaction() {
    return transaction != null;
  }

  /** Refuses a call that would end the branch. */
  public void refuseInTransaction(String call) throws SQLException {
    if (transaction != null) {
      throw WorkRefusals.endsBranch(resource, transaction, call);
    }
  }

  /** Says for a message in which transaction the use is and why that takes no work. */
  String standing() {
    return transaction == null
        ? "no global transaction"
        : "global transaction " + transaction.gtrid() + " is " + WorkRefusals.why(transaction);
  }

  boolean isExecuting() {
    return running != null;
  }

  void cancel() {
    Statement busy = running;
    if (busy != null) {
      try {
        busy.cancel();
      } catch (SQLException e) {
        JdbcLog.debug(resource, "a statement could not be cancelled: " + e.getMessage());
      }
    }
  }
}
