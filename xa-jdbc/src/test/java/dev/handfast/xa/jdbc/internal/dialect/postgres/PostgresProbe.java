package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.internal.sql.Mark;
import dev.handfast.xa.testkit.contract.TestXid;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.xa.PGXADataSource;

/**
 * Carries out texts raw in branches of a session, and looks over another session at what becomes of
 * the branch's transaction.
 */
final class PostgresProbe implements AutoCloseable {

  private static final String NONE = "null";
  private static final PostgresMarks MARKS = new PostgresMarks();

  private final XAConnection driver;
  private final Connection connection;
  private final BaseConnection physical;
  private final PostgresSession session;
  private final Connection observer;

  /** Asks when the session's transaction began, and which one of the session's it is. */
  private final PreparedStatement begin;

  private final PreparedStatement turn;
  private final PreparedStatement prepared;

  /**
   * What was found of a text.
   *
   * @param ended whether the branch's transaction was ended by it
   * @param open whether the session is in a transaction in which nothing failed
   * @param refusal of the vote, null if it would have been given
   * @param failure of the text, null if it was carried out
   */
  record Found(
      Set<Mark> marks,
      boolean ended,
      boolean open,
      @Nullable XAException refusal,
      @Nullable SQLException failure) {}

  PostgresProbe(PostgresDatabase database, String options) throws SQLException {
    var source = new PGXADataSource();
    source.setUrl(database.url() + options);
    driver = source.getXAConnection(database.user(), database.password());
    connection = driver.getConnection();
    connection.setAutoCommit(false);
    physical = connection.unwrap(BaseConnection.class);
    session = PostgresSession.of(connection);
    observer = database.connect();
    begin =
        observer.prepareStatement(
            "SELECT xact_start::text FROM pg_stat_activity WHERE pid = "
                + physical.getBackendPID());
    prepared =
        observer.prepareStatement(
            "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()");
    turn =
        observer.prepareStatement(
            "SELECT split_part(virtualtransaction, '/', 2) FROM pg_locks"
                + " WHERE locktype = 'virtualxid' AND granted AND pid = "
                + physical.getBackendPID());
  }

  /** Answers the session's own connection. */
  Connection connection() {
    return connection;
  }

  /**
   * Carries a text out.
   *
   * @param before what the branch has done by then
   * @param after what is done before the branch is rolled back
   */
  Found run(String text, String[] before, Action after) throws SQLException, XAException {
    XAResource branches = driver.getXAResource();
    Xid xid = TestXid.usual();
    branches.start(xid, XAResource.TMNOFLAGS);
    session.begun();
    for (String each : before) {
      H2Fixture.execute(connection, each);
    }
    try {
      Found found = find(text);
      after.accept(found);
      return found;
    } finally {
      if (!physical.isClosed()) {
        branches.end(xid, XAResource.TMSUCCESS);
        branches.rollback(xid);
      }
    }
  }

  /** What a test does with a branch. */
  interface Action {
    void accept(Found found) throws SQLException;
  }

  private Found find(String text) throws SQLException {
    Set<Mark> marks = MARKS.of(text);
    if (marks.contains(Mark.MAY_END_BRANCH)) {
      session.remember();
    }
    String begun = seen(begin);
    long before = Long.parseLong(seen(turn));
    SQLException failure = execute(text);
    if (physical.isClosed()) {
      throw new SQLException("the connection broke upon: " + text, failure);
    }
    String now = seen(begin);
    boolean failed = physical.getTransactionState() == TransactionState.FAILED;
    boolean open = physical.getTransactionState() == TransactionState.OPEN;
    XAException refusal = refusal();
    boolean same = (failed && now.equals(NONE)) ? endedNow() == before + 1 : now.equals(begun);
    return new Found(marks, !same, open, refusal, failure);
  }

  /**
   * Ends a transaction that has failed, of which the server tells others nothing, and answers the
   * turn of the next one.
   */
  private long endedNow() throws SQLException {
    if (physical.getTransactionState() == TransactionState.FAILED) {
      H2Fixture.execute(connection, "ROLLBACK");
    }
    H2Fixture.execute(connection, "SELECT 1");
    return Long.parseLong(seen(turn));
  }

  private @Nullable SQLException execute(String text) {
    try {
      if (text.startsWith("{call")) {
        try (CallableStatement call = connection.prepareCall(text)) {
          call.execute();
        }
      } else {
        H2Fixture.execute(connection, text);
      }
      return null;
    } catch (SQLException e) {
      return e;
    }
  }

  private @Nullable XAException refusal() {
    try {
      session.checkVote();
      return null;
    } catch (XAException e) {
      return e;
    }
  }

  /** Answers what the server tells others of the session. */
  private static String seen(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? String.valueOf(row.getString(1)) : NONE;
    }
  }

  /** Rolls back what a text has prepared. */
  void rollbackPrepared() throws SQLException {
    String gid = seen(prepared);
    if (!gid.equals(NONE)) {
      H2Fixture.execute(observer, "ROLLBACK PREPARED $gid$" + gid + "$gid$");
    }
  }

  @Override
  public void close() throws SQLException {
    driver.close();
    observer.close();
  }
}
