package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.config.Urls;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.jdbc.internal.sql.SqlMarks;
import dev.handfast.xa.jdbc.internal.sql.StandardMarks;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.spi.XidKey;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * Speaks with a database of which nothing is known but the standards, and gives the careful answer
 * to every question.
 */
public final class GenericDialect implements Dialect {

  private static final SqlMarks MARKS = new StandardMarks();

  /** As HSQLDB calls itself. */
  private static final String HSQLDB = "HSQL Database Engine";

  private static final String DERBY = "org.apache.derby.";

  private final String resource;
  private final String driver;

  /**
   * @param driver the class of the driver's data source
   */
  public GenericDialect(String resource, String driver) {
    this.resource = resource;
    this.driver = driver;
  }

  @Override
  public String shownUrl() {
    return "";
  }

  @Override
  public XADataSource newSource() {
    throw new IllegalStateException("Resource '" + resource + "' has a data source of its own");
  }

  @Override
  public boolean closingLosesVotes() {
    return true;
  }

  @Override
  public String unknownDriver() {
    return driver;
  }

  @Override
  public SqlMarks sqlMarks() {
    return MARKS;
  }

  @Override
  public TransactionModes transactionModes() {
    return new GenericModes(driver.startsWith(DERBY) ? " ON ROLLBACK RETAIN CURSORS" : "");
  }

  @Override
  public boolean isConnectionLost(SQLException failure) {
    return failure instanceof SQLNonTransientConnectionException
        || failure instanceof SQLTransientConnectionException
        || failure instanceof SQLRecoverableException
        || SqlStates.isConnectionException(failure);
  }

  @Override
  public Refusal refusal(SQLException failure) {
    return SqlStates.refusal(failure);
  }

  @Override
  public XAException normalise(XAException failure) {
    if (failure.errorCode != 0) {
      return failure;
    }
    boolean lost = failure.getCause() instanceof SQLException cause && isConnectionLost(cause);
    int code = lost ? XAException.XAER_RMFAIL : XAException.XAER_RMERR;
    return MaskedXaErrors.of(code, failure.getMessage(), failure.getCause());
  }

  @Override
  public XAResource recoveryView(XAResource driver, Connection sql, Duration bound) {
    return driver;
  }

  @Override
  public RmIdentity identity(Connection connection) throws SQLException {
    DatabaseMetaData data = connection.getMetaData();
    String url = data.getURL();
    return new RmIdentity(
        url == null ? data.getDatabaseProductName() : Urls.mask(url),
        data.getDatabaseProductName(),
        data.getDatabaseProductVersion());
  }

  @Override
  public List<Finding> check(JdbcSettings settings, Connection working, Connection recovery)
      throws SQLException {
    String product = String.valueOf(working.getMetaData().getDatabaseProductName());
    String seen = "the database is " + product + " (data source " + driver + ")";
    return List.of(
        product.contains(HSQLDB)
            ? Finding.error(
                seen,
                "it does not write its votes to disk: what an application is told is committed is"
                    + " lost with the process",
                "use another database, such as H2, Apache Derby, MariaDB or PostgreSQL")
            : Finding.warning(
                seen
                    + ", and it is not known how it tells one transaction of a session from another",
                "where it ends a branch by itself, as the victim of a deadlock for example, and the"
                    + " application catches the exception and goes on, only what comes afterwards is"
                    + " committed",
                "let every SQLException of a body end the body"));
  }

  @Override
  public String nativeForm(Xid xid) {
    XidKey key = XidKey.of(xid);
    return key.formatId() + ":" + key.gtrid() + ":" + key.bqual();
  }
}
