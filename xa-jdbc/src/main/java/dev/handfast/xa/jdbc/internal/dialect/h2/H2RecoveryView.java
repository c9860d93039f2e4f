package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.ForwardingXaResource;
import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
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
 * Branches of other sessions, finished by SQL. The driver's own calls are not fit for it: its
 * second rollback after one recover() answers OK and does nothing, and one transaction that
 * somebody named by hand makes its recover() fail for all.
 */
final class H2RecoveryView extends ForwardingXaResource {

  private final XAResource driver;
  private final Connection connection;
  private final Dialect dialect;
  private @Nullable Xid own;

  H2RecoveryView(XAResource driver, Connection connection, Dialect dialect) {
    this.driver = driver;
    this.connection = connection;
    this.dialect = dialect;
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    if ((flags & TMSTARTRSCAN) == 0) {
      return new Xid[0];
    }
    return list().stream().flatMap(name -> H2Xid.parse(name).stream()).toArray(Xid[]::new);
  }

  /** The names of those that are in doubt; all others are forgotten. */
  private Set<String> list() throws XAException {
    String sql = "SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT";
    var found = new LinkedHashSet<String>();
    try (Statement statement = connection.createStatement();
        ResultSet names = statement.executeQuery(sql)) {
      while (names.next()) {
        found.add(names.getString(1));
      }
      H2Store.forgetFinished(connection, found);
    } catch (SQLException e) {
      throw failure(e);
    }
    return found;
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    if (isOwn(xid) || onePhase) {
      driver.commit(xid, onePhase);
      own = null;
    } else {
      finish(command(xid, true));
    }
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    if (isOwn(xid)) {
      driver.rollback(xid);
      own = null;
    } else {
      finish(command(xid, false));
    }
  }

  /** What ends a branch of another session. */
  static String command(Xid xid, boolean commit) {
    return (commit ? "COMMIT" : "ROLLBACK") + " TRANSACTION \"" + H2Xid.name(xid) + '"';
  }

  private void finish(String command) throws XAException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private XAException failure(SQLException cause) {
    return dialect.normalise(MaskedXaErrors.of(0, cause.getMessage(), cause));
  }

  private boolean isOwn(Xid xid) {
    return own != null && XidKey.of(own).equals(XidKey.of(xid));
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    driver.start(xid, flags);
    own = xid;
  }

  @Override
  protected <T> T ask(XaCall.Question<T> call) throws XAException {
    return call.ask(driver);
  }
}
