package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.jdbc.internal.sql.Mark;
import dev.handfast.xa.jdbc.internal.sql.SqlWords;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.ResourceContext;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Set;
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

  private static final String ABORTED = "the application called abort()";

  private final String resource;
  private final ResourceContext context;
  private final @Nullable GlobalTransaction transaction;
  private final DriverAccess access;
  private final @Nullable BranchSavepoints savepoints;
  private final @Nullable BranchModes modes;
  private final RunningStatement running;
  private final Lending lending = new Lending();
  private final ReentrantLock lock = new ReentrantLock();
  private final PendingWrites pending = new PendingWrites();
  private final ReentrantLock ending = new ReentrantLock();
  private final long thread = Thread.currentThread().getId();
  private volatile Runnable closing = () -> {};
  private volatile boolean worked;
  private volatile boolean ended;
  private final SessionTouch touch = new SessionTouch();

  ConnectionUse(
      String resource,
      ResourceContext context,
      @Nullable GlobalTransaction transaction,
      DriverAccess access) {
    this.resource = resource;
    this.context = context;
    this.transaction = transaction;
    this.access = access;
    this.running = new RunningStatement(resource);
    this.savepoints =
        transaction == null ? null : new BranchSavepoints(resource, this, access.modes());
    this.modes =
        transaction == null ? null : new BranchModes(resource, transaction, this, access.modes());
  }

  /**
   * Makes a call of the application's into the driver. If it fails because the use is over, the
   * exception says so. The connection is not given back while the call is under way: the pool would
   * take its failure for one of the next owner's, and drop a connection that is idle.
   */
  public <R extends @Nullable Object> R call(DriverCall<R> call) throws SQLException {
    if (!enter()) {
      throw givenBack();
    }
    try {
      return made(call);
    } finally {
      leave();
    }
  }

  /**
   * Makes a call as {@link #call} does.
   *
   * @param givenBack the answer once the connection was given back
   */
  public <R> R callOr(R givenBack, DriverCall<R> call) throws SQLException {
    if (!enter()) {
      return givenBack;
    }
    try {
      return made(call);
    } finally {
      leave();
    }
  }

  private boolean enter() {
    return transaction == null ? !ended : lending.enter();
  }

  private void leave() {
    if (transaction != null) {
      lending.leave();
    }
  }

  private <R extends @Nullable Object> R made(DriverCall<R> call) throws SQLException {
    try {
      return access.forApplication(call);
    } catch (SQLException e) {
      throw explained(e);
    }
  }

  /** Says why a call on what was given back is refused. */
  private SQLException givenBack() {
    SQLException closed = WorkRefusals.closed(resource);
    return transaction == null ? closed : explained(closed);
  }

  /**
   * Closes the connection. Does nothing if it is given back already: it has another owner then. If
   * the transaction ends meanwhile, it is given back afterwards.
   */
  public void close(DriverCall.Step closing) throws SQLException {
    if (transaction != null) {
      callOr(true, closing);
    } else if (lending.endNow()) {
      ended = true;
      made(closing);
    }
  }

  /**
   * Breaks the connection off, whoever works on it, and closes it. Its transaction can only be
   * rolled back then. Does nothing once the use has ended: what was done has voted then, or the
   * connection has another owner.
   */
  public void abort(DriverCall.Step closing) throws SQLException {
    if (transaction == null && lending.endNow()) {
      ended = true;
      Helper abort = access.breakOff(ABORTED);
      Helper.start("cancel", running::cancel);
      // What the pool does with it next must find it closed.
      abort.ends(access.bound());
      Helper.start("give-back", closing::take).ends(access.bound());
    } else if (transaction != null && brokenOffInTime()) {
      Helper.start("cancel", running::cancel);
      transaction.setRollbackOnly(WorkRefusals.brokenOff(resource, ABORTED, null));
    }
  }

  /** No vote is lost: the use ends before its branch votes. */
  private boolean brokenOffInTime() {
    ending.lock();
    try {
      if (!ended) {
        access.breakOff(ABORTED);
      }
      return !ended;
    } finally {
      ending.unlock();
    }
  }

  /** Whether the connection was broken off, by whomever. */
  public boolean isBrokenOff() {
    return access.broken() != null;
  }

  private SQLException explained(SQLException failure) {
    if (transaction != null && (ended || !transaction.acceptsWork())) {
      return WorkRefusals.refused(resource, transaction, failure);
    }
    String broken = access.broken();
    return broken == null ? failure : WorkRefusals.brokenOff(resource, broken, failure);
  }

  /**
   * Does work on the connection, unless the use has ended. {@link #end} waits for it. Work may be
   * done within other work, as when a driver reads a parameter.
   *
   * @param statement by which the work can be cancelled, null if there is none
   * @param what tells what is done, without values
   */
  public <R extends @Nullable Object> R execute(
      @Nullable Statement statement, Supplier<String> what, DriverCall<R> work)
      throws SQLException {
    lock.lock();
    Statement outer = running.statement();
    try {
      check();
      worked = true;
      if (transaction != null) {
        transaction.did(what);
      }
      running.set(statement == null ? outer : statement);
      return work.run();
    } finally {
      running.set(outer);
      lock.unlock();
    }
  }

  /**
   * Ends the use. The call waits for what is being executed, and cancels it if another thread
   * executes it. What does not end within the bound of the connection is broken off.
   */
  void end() {
    end(() -> {});
  }

  /**
   * Ends the use as {@link #end} does, before its branch votes. Nothing that was written is lost.
   */
  void endToVote() {
    end(this::passOnOrBreakOff);
    closing.run();
  }

  private void end(Runnable last) {
    if (!ended && awaitIdle()) {
      try {
        last.run();
      } finally {
        lock.unlock();
      }
    }
    ending.lock();
    try {
      ended = true;
    } finally {
      ending.unlock();
    }
  }

  private void passOnOrBreakOff() {
    try {
      pending.passOn();
    } catch (SQLException e) {
      access.breakOff("what was written to a stream could not be stored: " + e.getMessage());
    }
  }

  /**
   * Waits as {@link #end} does, passes on what was written, and lets the use go on.
   *
   * @throws SQLException if something could not be passed on
   */
  void settle() throws SQLException {
    if (awaitIdle()) {
      try {
        pending.passOn();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Takes what closes statements and results when the branch is about to vote. */
  void whenVoting(Runnable close) {
    closing = close;
  }

  /** Answers true with the lock held, false if the connection had to be broken off. */
  private boolean awaitIdle() {
    return running.awaitEnd(lock, access);
  }

  /** Ends a thing that ends with the use anyway. */
  public void finish(DriverCall.Step step) throws SQLException {
    lock.lock();
    try {
      if (!ended) {
        callOr(true, step);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Answers what was written and not passed on yet. */
  public PendingWrites pending() {
    return pending;
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

  /**
   * Refuses what another thread calls on a thing that this use has reached, unless that thread is
   * in the transaction. In a transaction within this one, what is open here may be read.
   */
  public void checkThread() throws SQLException {
    if (transaction != null && Thread.currentThread().getId() != thread) {
      check();
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
      touch.change();
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
        call((DriverCall.Step) () -> access.session().remember());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Answers what the application may have changed of the session. */
  public SessionTouch touch() {
    return touch;
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

  /** Answers the savepoints of the transaction, null outside one. */
  public @Nullable BranchSavepoints savepoints() {
    return savepoints;
  }

  /** Answers what can be set for the transaction alone, null outside one. */
  public @Nullable BranchModes modes() {
    return modes;
  }

  /** Refuses a savepoint of a transaction outside it, which no driver understands. */
  public void refuseForeign(Savepoint savepoint) throws SQLException {
    if (BranchSavepoints.isOurs(savepoint)) {
      throw WorkRefusals.savepoint(resource, "the call", savepoint, "was set in a transaction");
    }
  }

  /** Whether anything was done on the connection that may have begun the database's own work. */
  boolean hasWorked() {
    return worked;
  }

  /** Says for a message in which transaction the use is and why that takes no work. */
  String standing() {
    return transaction == null
        ? "no global transaction"
        : "global transaction " + transaction.gtrid() + " is " + WorkRefusals.why(transaction);
  }

  RunningStatement running() {
    return running;
  }
}
