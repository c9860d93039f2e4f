package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.VoteCheck;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.spi.Branch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.ConnectionEventListener;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the database, whatever the pool thinks of it: while its branch has voted and is
 * not finished, {@link #close()} only takes a note, and the connection is closed once the branch is
 * finished. Safe for use by many threads.
 */
public final class PhysicalConnection implements XAConnection {

  private final XAConnection driver;
  private final JdbcXaResource resource;
  private final Dialect dialect;
  private final VotedBranches voted;
  private final Consumer<PhysicalConnection> whenClosed;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock closing = new ReentrantLock();

  private volatile VoteCheck voteCheck = VoteCheck.NONE;
  private @Nullable Xid vote;
  private @Nullable Branch branch;
  private @Nullable ConnectionUse use;
  private boolean settled;
  private boolean sound = true;
  private boolean closeAsked;
  private boolean closed;

  public PhysicalConnection(
      XAConnection driver,
      Dialect dialect,
      VotedBranches voted,
      Consumer<PhysicalConnection> whenClosed)
      throws SQLException {
    this.driver = driver;
    this.dialect = dialect;
    this.voted = voted;
    this.whenClosed = whenClosed;
    XAResource branches = dialect.workView(driver.getXAResource());
    this.resource = new JdbcXaResource(branches, dialect, this);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.getConnection();
    voteCheck = dialect.voteCheck(connection);
    return connection;
  }

  /** Whether the branch still holds its work; see {@link VoteCheck#check}. */
  void checkVote() throws XAException {
    voteCheck.check();
  }

  @Override
  public XAResource getXAResource() {
    return resource;
  }

  /** The application begins to use the connection, in a transaction or outside. */
  void use(ConnectionUse next) {
    locked(
        () -> {
          use = next;
          branch = null;
          settled = false;
          sound = true;
        });
  }

  /** The use that goes on. */
  @Nullable ConnectionUse use() {
    lock.lock();
    try {
      return use;
    } finally {
      lock.unlock();
    }
  }

  /** The runtime's view of the branch that was started on it. */
  void bind(Branch started) {
    locked(() -> branch = started);
  }

  /** Prepare is about to be sent. */
  void voting(Xid xid) throws XAException {
    lock.lock();
    try {
      if (closed || closeAsked) {
        throw MaskedXaErrors.of(XAException.XAER_RMFAIL, "the connection is closed", null);
      }
      vote = xid;
    } finally {
      lock.unlock();
    }
    voted.add(xid, this);
  }

  /** The database itself answered that the branch is finished. */
  void settled(Xid xid) {
    boolean closes;
    lock.lock();
    try {
      vote = null;
      settled = true;
      closes = closeAsked;
    } finally {
      lock.unlock();
    }
    voted.remove(xid, this);
    if (closes) {
      closeAfterBranch();
    }
  }

  /** Something failed that leaves the connection in doubt for further use. */
  void distrust() {
    locked(() -> sound = false);
  }

  /** True if its branch was finished by the database's own answer, and nothing went wrong. */
  boolean isSound() {
    lock.lock();
    try {
      return settled && sound && !closed && !closeAsked;
    } finally {
      lock.unlock();
    }
  }

  /** True while closing would lose a vote. */
  boolean holdsVote() {
    lock.lock();
    try {
      return vote != null && !closed && (branch == null || !branch.state().isFinished());
    } finally {
      lock.unlock();
    }
  }

  /** The branch that voted. */
  public @Nullable Xid vote() {
    lock.lock();
    try {
      return vote;
    } finally {
      lock.unlock();
    }
  }

  /** Another thread that closes it meanwhile is waited for. */
  @Override
  public void close() throws SQLException {
    closing.lock();
    try {
      if (closesNow()) {
        closeDriver();
      }
    } finally {
      closing.unlock();
    }
  }

  private boolean closesNow() {
    Branch waiting;
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (!dialect.closingLosesVotes() || !holdsVote()) {
        closed = true;
        return true;
      }
      waiting = closeAsked ? null : branch;
      closeAsked = true;
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.whenFinished(this::closeAfterBranch);
    }
    return false;
  }

  private void closeAfterBranch() {
    try {
      close();
    } catch (SQLException e) {
      JdbcLog.debug("", "closing after the branch failed: " + e.getMessage());
    }
  }

  private void closeDriver() throws SQLException {
    Xid left = vote();
    if (left != null) {
      voted.remove(left, this);
    }
    try {
      driver.close();
    } catch (RuntimeException e) {
      throw new SQLException("The connection was gone before it was closed", e);
    } finally {
      whenClosed.accept(this);
    }
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    driver.addConnectionEventListener(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    driver.removeConnectionEventListener(listener);
  }

  @Override
  public void addStatementEventListener(StatementEventListener listener) {
    driver.addStatementEventListener(listener);
  }

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {
    driver.removeStatementEventListener(listener);
  }
}
