package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XidKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Lists and finishes the branches of other sessions by SQL, for recovery. A branch that was started
 * over this very connection, such as a probe, goes by the driver. Not safe for use by many threads.
 */
public abstract class SqlRecoveryView extends ForwardingXaResource {

  private final XAResource driver;
  private final Connection connection;
  private final XidNaming naming;
  private @Nullable Xid own;

  /**
   * @param naming tells the branches in the list from what others prepared by hand
   */
  protected SqlRecoveryView(XAResource driver, Connection connection, XidNaming naming) {
    this.driver = driver;
    this.connection = connection;
    this.naming = naming;
  }

  /** Answers the query whose first column holds the names of all prepared transactions. */
  protected abstract String listQuery();

  /** Is told the names of all prepared transactions, whenever they have been listed. */
  protected void listed(Set<String> names) throws SQLException {}

  /** Finishes a branch of another session. */
  protected abstract void finish(Xid xid, boolean commit) throws XAException;

  /** Makes the XAException for a statement that failed. */
  protected abstract XAException failure(String statement, SQLException cause);

  @Override
  public final Xid[] recover(int flags) throws XAException {
    if ((flags & TMSTARTRSCAN) == 0) {
      return new Xid[0];
    }
    return list().stream().flatMap(name -> naming.parse(name).stream()).toArray(Xid[]::new);
  }

  private Set<String> list() throws XAException {
    var found = new LinkedHashSet<String>();
    try (Statement statement = connection.createStatement();
        ResultSet names = statement.executeQuery(listQuery())) {
      while (names.next()) {
        found.add(names.getString(1));
      }
      listed(found);
    } catch (SQLException e) {
      throw failure("recover", e);
    }
    return found;
  }

  @Override
  public final void start(Xid xid, int flags) throws XAException {
    driver.start(xid, flags);
    own = xid;
  }

  @Override
  public final void commit(Xid xid, boolean onePhase) throws XAException {
    if (isOwn(xid) || onePhase) {
      driver.commit(xid, onePhase);
      own = null;
    } else {
      finish(xid, true);
    }
  }

  @Override
  public final void rollback(Xid xid) throws XAException {
    if (isOwn(xid)) {
      driver.rollback(xid);
      own = null;
    } else {
      finish(xid, false);
    }
  }

  private boolean isOwn(Xid xid) {
    return own != null && XidKey.of(own).equals(XidKey.of(xid));
  }

  @Override
  protected final <T> T ask(XaCall.Question<T> call) throws XAException {
    return call.ask(driver);
  }

  /** Answers the connection, for SQL. */
  protected final Connection connection() {
    return connection;
  }

  protected final void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
