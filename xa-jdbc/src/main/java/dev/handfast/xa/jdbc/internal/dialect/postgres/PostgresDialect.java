package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.config.Urls;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.SessionReset;
import dev.handfast.xa.jdbc.internal.dialect.SessionState;
import dev.handfast.xa.jdbc.internal.dialect.SqlStates;
import dev.handfast.xa.jdbc.internal.dialect.TransactionModes;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.jdbc.internal.sql.SqlMarks;
import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.spi.XidKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with PostgreSQL. Its branches belong to the database and not to a session. Only their
 * owner and superusers may finish them, and the server remembers nothing of a branch that is
 * finished.
 */
public final class PostgresDialect implements Dialect {

  private static final String IDENTITY =
      "SELECT c.system_identifier || '-' || d.oid FROM pg_control_system() c, pg_database d"
          + " WHERE d.datname = current_database()";

  private static final String DETAILS =
      "SELECT gid, owner, prepared FROM pg_prepared_xacts WHERE database = current_database()";

  private static final SqlMarks MARKS = new PostgresMarks();

  private final String resource;
  private final String url;

  public PostgresDialect(String resource, String url) {
    this.resource = resource;
    this.url = url;
  }

  @Override
  public String shownUrl() {
    return Urls.mask(url);
  }

  @Override
  public XADataSource newSource() {
    return PostgresDriver.newSource(resource, url);
  }

  @Override
  public boolean sourceTakesUserFromUrl() {
    return true;
  }

  @Override
  public boolean closingLosesVotes() {
    return false;
  }

  @Override
  public TransactionModes transactionModes() {
    return PostgresModes.INSTANCE;
  }

  @Override
  public SqlMarks sqlMarks() {
    return MARKS;
  }

  @Override
  public SessionState session(Connection connection) throws SQLException {
    return PostgresSession.of(connection);
  }

  @Override
  public SessionReset reset(Connection opened) throws SQLException {
    return PostgresReset.of(opened);
  }

  /**
   * Answers true: while a COPY is open, the driver keeps other calls waiting on a condition, which
   * nothing but an interrupt ends once the connection is gone.
   */
  @Override
  public boolean interruptFreesCalls() {
    return true;
  }

  @Override
  public boolean isConnectionLost(SQLException failure) {
    return PostgresCodes.isConnectionLost(failure);
  }

  @Override
  public Refusal refusal(SQLException failure) {
    return SqlStates.of(failure).equals(PostgresCodes.INSUFFICIENT_PRIVILEGE)
        ? Refusal.CREDENTIALS
        : SqlStates.refusal(failure);
  }

  @Override
  public XAException normalise(XAException failure) {
    return PostgresCodes.normalise(failure);
  }

  @Override
  public XAResource workView(
      XAResource driver, Supplier<@Nullable Connection> sql, Duration bound) {
    return new PostgresWorkView(driver, sql);
  }

  @Override
  public XAResource recoveryView(XAResource driver, Connection sql, Duration bound) {
    return new PostgresRecoveryView(driver, sql);
  }

  /**
   * Joins the server's id, which is made with its data directory, and the database's number, which
   * is made with the database.
   */
  @Override
  public RmIdentity identity(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(IDENTITY)) {
      row.next();
      return new RmIdentity(
          row.getString(1), "PostgreSQL", connection.getMetaData().getDatabaseProductVersion());
    }
  }

  @Override
  public List<Finding> check(JdbcSettings settings, Connection working, Connection recovery)
      throws SQLException {
    return PostgresCheck.run(settings, working, recovery);
  }

  @Override
  public Map<XidKey, BranchDetail> details(Connection connection) throws SQLException {
    var details = new HashMap<XidKey, BranchDetail>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(DETAILS)) {
      while (rows.next()) {
        var detail = new BranchDetail(rows.getTimestamp(3).toInstant(), rows.getString(2));
        PostgresXid.parse(rows.getString(1)).ifPresent(xid -> details.put(XidKey.of(xid), detail));
      }
    }
    return details;
  }

  @Override
  public String nativeForm(Xid xid) {
    return PostgresXid.gid(xid);
  }

  @Override
  public String nativeCommand(Xid xid, boolean commit) {
    return PostgresRecoveryView.command(xid, commit);
  }
}
