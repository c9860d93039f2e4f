package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.SessionReset;
import dev.handfast.xa.jdbc.internal.dialect.SessionState;
import dev.handfast.xa.jdbc.internal.dialect.TransactionModes;
import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.jdbc.internal.sql.Mark;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.XAConnection;
import org.jspecify.annotations.Nullable;

/**
 * Knows the threads that are in the driver over one connection, and breaks their calls off: the
 * connection is aborted, and threads that the driver keeps waiting although the connection is gone
 * are freed. Safe for use by many threads.
 */
public final class DriverAccess {

  /** Holds the thread that is in the driver on behalf of somebody, null if none is. */
  private static final class Caller {
    private volatile @Nullable Thread inside;

    /** Answers whether the thread was inside already. */
    boolean enter() {
      Thread me = Thread.currentThread();
      boolean nested = inside == me;
      inside = me;
      return nested;
    }

    void leave(boolean nested) {
      inside = nested ? Thread.currentThread() : null;
    }
  }

  private final XAConnection driver;
  private final Dialect dialect;
  private final Duration bound;
  private final Aliveness aliveness;
  private final Caller application = new Caller();
  private final Caller completion = new Caller();
  private final ReentrantLock breaking = new ReentrantLock();
  private final Set<Thread> interrupted = new HashSet<>();
  private volatile @Nullable Connection connection;
  private volatile SessionState session = SessionState.NONE;
  private volatile SessionReset reset = SessionReset.NONE;
  private volatile @Nullable String broken;

  /**
   * @param bound how long a call that ends the use of the connection may take
   */
  DriverAccess(XAConnection driver, Dialect dialect, Duration bound, Aliveness aliveness) {
    this.driver = driver;
    this.dialect = dialect;
    this.bound = bound;
    this.aliveness = aliveness;
  }

  interface Work<T, X extends Exception> {
    T run() throws X;
  }

  /**
   * Takes the connection over which the calls go, and what is known of its session and renews it.
   */
  void opened(Connection opened, SessionState state, SessionReset renewal) {
    connection = opened;
    session = state;
    reset = renewal;
  }

  /**
   * Asks the database for a sign of life, if one is due. One that does not come is a loss, after
   * which every other connection has to give one.
   */
  boolean isAlive() {
    Connection open = connection;
    if (open == null || !aliveness.isDue()) {
      return true;
    }
    long losses = aliveness.losses();
    int seconds = Math.toIntExact(Math.max(1, bound.toSeconds()));
    try {
      boolean alive = this.<Boolean, SQLException>forCompletion(() -> open.isValid(seconds));
      if (alive) {
        aliveness.shown(losses);
      } else {
        aliveness.lost(new SQLException("a connection of the pool is not valid any more"));
      }
      return alive;
    } catch (SQLException e) {
      aliveness.lost(e);
      return false;
    }
  }

  /** Notes that the connection was used until now. */
  void used() {
    aliveness.used();
  }

  /** Whether the application left work open on the connection, outside a global transaction. */
  boolean hasOpenWork() throws SQLException {
    Connection open = connection;
    return open != null && (!open.getAutoCommit() || session.inTransaction());
  }

  /**
   * Rolls back what the application has not committed outside a global transaction.
   *
   * @return false if it began that by a statement, so that the driver does not know how to end it
   */
  boolean rollBackOpenWork() throws SQLException {
    Connection open = connection;
    if (open != null && !open.getAutoCommit()) {
      open.rollback();
      open.setAutoCommit(true);
    }
    return !session.inTransaction();
  }

  /**
   * Makes the session as it was when the connection was opened.
   *
   * @return false if that cannot be done
   */
  boolean renew() throws SQLException {
    return reset.renew();
  }

  SessionState session() {
    return session;
  }

  Duration bound() {
    return bound;
  }

  /** Answers what the SQL does besides working on rows. */
  Set<Mark> marks(String sql) {
    return dialect.sqlMarks().of(sql);
  }

  /** Answers the part of the SQL that begins with the statement that would end the branch. */
  String ending(String sql) {
    return dialect.sqlMarks().ending(sql);
  }

  /** Answers the connection over which the calls go, null before it was opened. */
  @Nullable Connection connection() {
    return connection;
  }

  /** Answers how isolation and access mode are set for one transaction. */
  TransactionModes modes() {
    return dialect.transactionModes();
  }

  /** Answers why the connection was broken off, null if it was not. */
  @Nullable String broken() {
    return broken;
  }

  /** Makes a call of the application's. */
  <R extends @Nullable Object> R forApplication(DriverCall<R> call) throws SQLException {
    boolean pending = dialect.interruptClosesDatabase() && Thread.interrupted();
    boolean nested = application.enter();
    try {
      return call.run();
    } catch (SQLException e) {
      session.failed(e);
      throw e;
    } finally {
      leave(application, nested, pending);
    }
  }

  /** Makes a call that completes a branch or the use of the connection. */
  <T, X extends Exception> T forCompletion(Work<T, X> call) throws X {
    boolean pending = Thread.interrupted();
    boolean nested = completion.enter();
    try {
      return call.run();
    } finally {
      leave(completion, nested, pending);
    }
  }

  private void leave(Caller caller, boolean nested, boolean pending) {
    caller.leave(nested);
    if (broken != null) {
      forgetOurInterrupt(Thread.currentThread());
    }
    if (pending) {
      Thread.currentThread().interrupt();
    }
  }

  private void forgetOurInterrupt(Thread me) {
    breaking.lock();
    try {
      if (interrupted.remove(me)) {
        Thread.interrupted();
      }
    } finally {
      breaking.unlock();
    }
  }

  /**
   * Breaks the connection off, unless it is already. The call returns without waiting for the
   * database.
   *
   * @param why in words for a message
   * @return the helper that aborts the connection
   */
  Helper breakOff(String why) {
    breaking.lock();
    try {
      if (broken == null) {
        broken = why;
      }
    } finally {
      breaking.unlock();
    }
    return Helper.start("abort", this::abort);
  }

  private void abort() {
    Connection open = connection;
    try {
      if (open != null) {
        dialect.abort(driver, open);
      }
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      JdbcLog.debug("", "a connection could not be aborted: " + e.getMessage());
    }
    if (dialect.interruptFreesCalls()) {
      interrupt(application);
      interrupt(completion);
    }
  }

  /** Interrupts a thread that is in the driver, and no other: it cannot leave meanwhile. */
  private void interrupt(Caller caller) {
    breaking.lock();
    try {
      Thread thread = caller.inside;
      if (thread != null) {
        interrupted.add(thread);
        thread.interrupt();
      }
    } finally {
      breaking.unlock();
    }
  }
}
