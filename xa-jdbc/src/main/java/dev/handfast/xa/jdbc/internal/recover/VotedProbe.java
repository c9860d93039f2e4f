package dev.handfast.xa.jdbc.internal.recover;

import dev.handfast.xa.jdbc.internal.connect.ConnectionSource;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XaErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Prepares a probe over a connection of work and closes the connection. A branch without work may
 * vote that there is nothing to commit; then a row is inserted, and where there is no table for it,
 * a table is made, which the rollback of the branch takes away.
 */
final class VotedProbe {

  static final String TABLE = "HANDFAST_PROBE";

  private static final int SUFFIX = 4;

  private final ConnectionSource working;
  private final Dialect dialect;
  private final Probes probes;
  private final Duration bound;
  private final List<String> failures = new ArrayList<>();

  /**
   * @param bound how long a statement may wait for others
   */
  VotedProbe(ConnectionSource working, Dialect dialect, Probes probes, Duration bound) {
    this.working = working;
    this.dialect = dialect;
    this.probes = probes;
    this.bound = bound;
  }

  /** Why no branch voted to commit, for a reader. */
  String failures() {
    return String.join("; ", failures);
  }

  /** Returns the branch, prepared and without its connection; null if none voted to commit. */
  @Nullable Xid prepare() throws SQLException {
    // Of its own name, for another node may be at the same proof, or have left a table in doubt.
    String own = TABLE + "_" + suffix(probes.next());
    for (String work :
        List.of(
            "",
            "INSERT INTO " + TABLE + " (ID) VALUES (0)",
            "CREATE TABLE " + own + " (ID INTEGER)")) {
      Xid xid = probes.next();
      String failure = prepare(xid, work);
      if (failure.isEmpty()) {
        return xid;
      }
      failures.add((work.isEmpty() ? "without work" : work) + ": " + failure);
    }
    drop(own);
    return null;
  }

  private static String suffix(Xid xid) {
    return HexFormat.of().formatHex(xid.getBranchQualifier(), 0, SUFFIX);
  }

  /** A database that commits definitions by themselves has kept it. */
  private void drop(String table) throws SQLException {
    XAConnection opened = working.open();
    try {
      String unused = failure(opened.getConnection(), "DROP TABLE " + table);
    } finally {
      opened.close();
    }
  }

  private String prepare(Xid xid, String work) throws SQLException {
    XAConnection opened = working.open();
    try {
      Connection sql = opened.getConnection();
      return vote(opened.getXAResource(), sql, xid, work);
    } catch (XAException e) {
      return XaErrors.describe(e);
    } finally {
      opened.close();
    }
  }

  private String vote(XAResource driver, Connection sql, Xid xid, String work) throws XAException {
    order(driver, asked -> asked.start(xid, XAResource.TMNOFLAGS));
    String failure = failure(sql, work);
    order(driver, asked -> asked.end(xid, XAResource.TMSUCCESS));
    if (failure.isEmpty()) {
      int vote = dialect.ask(driver, asked -> asked.prepare(xid));
      return vote == XAResource.XA_OK ? "" : "its vote is XA_RDONLY";
    }
    order(driver, asked -> asked.rollback(xid));
    return failure;
  }

  private void order(XAResource driver, XaCall.Order order) throws XAException {
    dialect.ask(driver, order.asQuestion());
  }

  private String failure(Connection sql, String work) {
    if (work.isEmpty()) {
      return "";
    }
    try (Statement statement = sql.createStatement()) {
      statement.setQueryTimeout((int) Math.max(1, bound.toSeconds()));
      statement.execute(work);
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
