package dev.handfast.xa.jdbc.internal.dialect;

import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.jdbc.internal.sql.SqlMarks;
import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XidKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** Says what differs between databases. It is stateless and safe for use by many threads. */
public interface Dialect {

  /** Tells apart why a connection could not be opened. */
  enum Refusal {
    CREDENTIALS,
    RIGHTS,
    UNKNOWN_DATABASE,
    UNREACHABLE
  }

  /** Answers the URL with its secrets masked, empty if it is not known. */
  String shownUrl();

  /** Makes a data source for the URL, without credentials. The database need not be reachable. */
  XADataSource newSource();

  /** Whether the data source itself connects as the user whom its URL names. */
  default boolean sourceTakesUserFromUrl() {
    return false;
  }

  /** Whether closing the connection of a prepared branch may lose the branch. */
  boolean closingLosesVotes();

  /** Whether a one-phase commit that was answered survives the end of this process. */
  default boolean keepsOnePhaseCommits() {
    return true;
  }

  /** Whether cached results of other sessions may be stale after recovery committed a branch. */
  default boolean staleAfterRecovery() {
    return false;
  }

  /**
   * Names the driver's data source if nothing is known of what this database does with its
   * branches, so that it has to show it before the first transaction; null if that is known.
   */
  default @Nullable String unknownDriver() {
    return null;
  }

  /** Answers the reader of SQL by which is decided what is refused inside a global transaction. */
  SqlMarks sqlMarks();

  /** Answers how isolation and access mode are set for one transaction. */
  TransactionModes transactionModes();

  /** Answers what the driver tells of a session. It is kept for as long as the connection. */
  default SessionState session(Connection connection) throws SQLException {
    return SessionState.NONE;
  }

  /**
   * Answers what makes the session of a connection as new again. It is taken when the connection is
   * opened.
   */
  default SessionReset reset(Connection opened) throws SQLException {
    return SessionReset.NONE;
  }

  /** Whether a thread that calls the driver with an interrupt pending closes the database. */
  default boolean interruptClosesDatabase() {
    return false;
  }

  /** Whether an interrupt frees a thread that waits in the driver of an aborted connection. */
  default boolean interruptFreesCalls() {
    return false;
  }

  /**
   * Ends a connection without its driver's consent, so that the calls over it fail. It may wait for
   * one that is under way.
   */
  default void abort(XAConnection driver, Connection connection) throws SQLException {
    connection.abort(Runnable::run);
  }

  /** Whether the connection is of no use after this failure. */
  boolean isConnectionLost(SQLException failure);

  /** Says why a connection could not be opened. */
  Refusal refusal(SQLException failure);

  /** Says that the user of a key lacks a right without which nobody can connect. */
  default Finding missingRight(String key, String user) {
    return Finding.error(
        key + " = '" + user + "' may not connect",
        "neither work nor recovery could be done",
        "give the user the right, or name another user");
  }

  /** Answers the failure with an error code that says what happened. */
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

  /**
   * Wraps the driver's XAResource for the branches of the application's work.
   *
   * @param sql answers the connection on which the branches are, null before it is first taken
   * @param bound how long a call may wait for others
   */
  default XAResource workView(
      XAResource driver, Supplier<@Nullable Connection> sql, Duration bound) {
    return driver;
  }

  /**
   * Wraps the driver's XAResource for recovery, over a connection of recovery's own.
   *
   * @param bound how long a call may wait for others
   */
  XAResource recoveryView(XAResource driver, Connection sql, Duration bound);

  /** Asks the database who it is. */
  RmIdentity identity(Connection connection) throws SQLException;

  /** Checks what must hold before the first transaction. */
  List<Finding> check(JdbcSettings settings, Connection working, Connection recovery)
      throws SQLException;

  /** Asks the database what it knows of its in-doubt branches. */
  default Map<XidKey, BranchDetail> details(Connection connection) throws SQLException {
    return Map.of();
  }

  /** Writes the Xid as the database's own tools show it. */
  String nativeForm(Xid xid);

  /** Answers the statement that finishes a branch by hand, empty if there is none. */
  default String nativeCommand(Xid xid, boolean commit) {
    return "";
  }
}
