package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.SqlRecoveryView;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Lists and finishes the branches of other H2 sessions by SQL. The driver's own calls are not fit
 * for it: its second rollback after one recover() answers OK and does nothing, and one transaction
 * that somebody named by hand makes its recover() fail for all.
 */
final class H2RecoveryView extends SqlRecoveryView {

  private final Dialect dialect;

  H2RecoveryView(XAResource driver, Connection connection, Dialect dialect) {
    super(driver, connection, H2Xid.NAMING);
    this.dialect = dialect;
  }

  @Override
  protected String listQuery() {
    return "SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT";
  }

  /** Removes the names that H2 itself keeps of branches that are not in doubt any more. */
  @Override
  protected void listed(Set<String> names) throws SQLException {
    H2Store.forgetFinished(connection(), names);
  }

  /** Answers the statement that ends a branch of another session. */
  static String command(Xid xid, boolean commit) {
    return (commit ? "COMMIT" : "ROLLBACK") + " TRANSACTION \"" + H2Xid.NAMING.name(xid) + '"';
  }

  @Override
  protected void finish(Xid xid, boolean commit) throws XAException {
    String command = command(xid, commit);
    try {
      execute(command);
    } catch (SQLException e) {
      throw failure(command, e);
    }
  }

  /** Leaves the statement out, which H2's own message names. */
  @Override
  protected XAException failure(String statement, SQLException cause) {
    return dialect.normalise(MaskedXaErrors.of(0, cause.getMessage(), cause));
  }
}
