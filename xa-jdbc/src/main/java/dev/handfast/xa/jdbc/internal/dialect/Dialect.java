package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XidKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What differs between databases. Stateless; safe for use by many threads. */
public interface Dialect {

  /** Why a connection could not be opened. */
  enum Refusal {
    CREDENTIALS,
    RIGHTS,
    UNKNOWN_DATABASE,
    UNREACHABLE
  }

  /** The URL with secrets masked, empty if it is not known. */
  String shownUrl();

  /** A data source for the URL, without credentials; it need not be reachable. */
  XADataSource newSource();

  /** True if closing the connection of a prepared branch may lose the branch. */
  boolean closingLosesVotes();

  /** True if a one-phase commit that was answered survives the end of this process. */
  default boolean keepsOnePhaseCommits() {
    return true;
  }

  /** True if cached results of other sessions may be stale after recovery committed a branch. */
  default boolean staleAfterRecovery() {
    return false;
  }

  /** The SQL that is refused inside a global transaction. */
  SqlDenyList sqlDenyList();

  /** Whether the branch on a connection can still vote; kept for as long as the connection. */
  default VoteCheck voteCheck(Connection connection) throws SQLException {
    return VoteCheck.NONE;
  }

  /** True if the connection is of no use after this. */
  boolean isConnectionLost(SQLException failure);

  /** Why a connection could not be opened. */
  Refusal refusal(SQLException failure);

  /** The user of a key lacks a right without which nobody can connect. */
  default Finding missingRight(String key, String user) {
    return Finding.error(
        key + " = '" + user + "' may not connect",
        "neither work nor recovery could be done",
        "give the user the right, or name another user");
  }

  /** The same failure with an error code that says what happened. */
  XAException normalise(XAException failure);

  /**
   * Asks a driver by {@link XaCall}; an XAException of the driver's gets the code that says what
   * happened.
   */
  default <T> T ask(XAResource driver, XaCall.Question<T> question) throws XAException {
    return XaCall.ask(
        driver,
        resource -> {
          try {
            return question.ask(resource);
          } catch (XAException e) {
            throw normalise(e);
          }
        });
  }

  /** How the branches of work speak with the database over their connection. */
  default XAResource workView(XAResource driver) {
    return driver;
  }

  /** How recovery speaks with the database over a connection of its own. */
  XAResource recoveryView(XAResource driver, Connection sql);

  /** Who the database says it is. */
  RmIdentity identity(Connection connection) throws SQLException;

  /** What must hold before the first transaction. */
  List<Finding> check(JdbcSettings settings, Connection working, Connection recovery)
      throws SQLException;

  /** What the database itself knows of its in-doubt branches. */
  default Map<XidKey, BranchDetail> details(Connection connection) throws SQLException {
    return Map.of();
  }

  /** The Xid as the database's own tools show it. */
  String nativeForm(Xid xid);

  /** The statement that finishes a branch by hand, empty if there is none. */
  default String nativeCommand(Xid xid, boolean commit) {
    return "";
  }
}
