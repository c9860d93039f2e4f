package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.dialect.SessionState;
import dev.handfast.xa.testkit.contract.TestXid;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A branch on a database in memory, with nothing of ours before the driver, and another connection
 * that looks on. What became of the branch is read from its row, and from the number that H2 gives
 * to its transaction.
 */
final class H2Probe implements AutoCloseable {

  private final Xid xid = TestXid.usual();

  private static final String[] SETUP = {
    "CREATE TABLE t(x INT)",
    "CREATE TABLE mark(x INT)",
    "CREATE TABLE u(y INT PRIMARY KEY)",
    "CREATE USER bob PASSWORD 'b'",
    "CREATE ROLE r1",
    "CREATE SCHEMA s1",
    "CREATE SEQUENCE q",
    "CREATE ALIAS hi FOR 'java.lang.Math.abs(int)'",
    "CREATE VIEW v AS SELECT * FROM u",
    "CREATE INDEX i1 ON t(x)",
    "CREATE DOMAIN d1 AS INT",
    "CREATE SYNONYM sy FOR t",
    "CREATE CONSTANT c1 VALUE 1"
  };

  private final Connection onlooker;
  private final XAConnection xa;
  private final XAResource branches;
  private final Connection connection;
  private final SessionState session;

  /**
   * @param options settings in the URL, such as {@code ;MODE=MySQL}
   */
  H2Probe(String options) throws SQLException {
    String url =
        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=50" + options;
    onlooker = DriverManager.getConnection(url, "sa", "");
    try (Statement statement = onlooker.createStatement()) {
      for (String sql : SETUP) {
        statement.execute(sql);
      }
    }
    var source = new JdbcDataSource();
    source.setURL(url);
    source.setUser("sa");
    source.setPassword("");
    xa = source.getXAConnection();
    branches = xa.getXAResource();
    connection = xa.getConnection();
    session = H2Session.of(connection);
  }

  /** Begins a branch. */
  void begin() throws XAException {
    branches.start(xid, XAResource.TMNOFLAGS);
    session.begun();
  }

  /** Works in the branch, so that it has something to lose. */
  void work() throws SQLException {
    execute("INSERT INTO mark VALUES(1)");
  }

  /** Executes a text as an application would. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Whether what {@link #work} did is there for others, or is gone for the session itself. */
  boolean lostItsWork() {
    return isCommitted() || !holdsItsRow(connection);
  }

  private boolean isCommitted() {
    try (Statement statement = onlooker.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM PUBLIC.mark")) {
      row.next();
      return row.getInt(1) > 0;
    } catch (SQLException e) {
      // The table is gone, or the database.
      return true;
    }
  }

  private static boolean holdsItsRow(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM PUBLIC.mark")) {
      row.next();
      return row.getInt(1) > 0;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Whether the check before the vote refuses the branch. */
  boolean isNoticed() throws SQLException {
    try {
      session.checkVote();
      return isClosed();
    } catch (XAException e) {
      return true;
    }
  }

  private boolean isClosed() throws SQLException {
    return connection.unwrap(JdbcConnection.class).isClosed();
  }

  /** Rolls the branch back, so that another may begin. */
  void rollBack() throws XAException {
    branches.end(xid, XAResource.TMSUCCESS);
    branches.rollback(xid);
  }

  @Override
  public void close() throws SQLException {
    try (Statement statement = onlooker.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      // It was shut down by what was tried.
    }
    xa.close();
  }
}
