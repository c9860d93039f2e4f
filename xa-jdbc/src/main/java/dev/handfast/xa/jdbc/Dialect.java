package dev.handfast.xa.jdbc;

import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.RmIdentity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What differs between databases. Stateless; safe for use by many threads. */
sealed interface Dialect permits H2Dialect, GenericDialect {

  /** Why a connection could not be opened. */
  enum Refusal {
    CREDENTIALS,
    UNKNOWN_DATABASE,
    UNREACHABLE
  }

  /**
   * The dialect of a URL.
   *
   * @throws dev.handfast.xa.config.ConfigurationException if it can never work
   */
  static Dialect forUrl(JdbcSettings settings, String url) {
    if (H2Url.isH2(url)) {
      return H2Dialect.of(settings, url);
    }
    throw SettingsCheck.wrong(
        settings,
        "url",
        "'" + settings.maskedUrl() + "'",
        "no XA driver is known for it; known are: jdbc:h2:",
        "use one of these, or give the driver's own XADataSource to JdbcResource.named(\""
            + settings.name()
            + "\").xaDataSource(…)");
  }

  /** The dialect of a data source of the user's own. */
  static Dialect forSource(JdbcSettings settings, XADataSource source) {
    String url = H2Dialect.urlOf(source);
    return url == null ? new GenericDialect(settings.name()) : H2Dialect.of(settings, url);
  }

  /** The URL with secrets masked, empty if it is not known. */
  String shownUrl();

  /** A data source for the URL, without credentials; it need not be reachable. */
  XADataSource newSource();

  /** True if closing the connection of a prepared branch may lose the branch. */
  boolean closingLosesVotes();

  /** True if a one-phase commit that was answered survives the end of this process. */
  boolean keepsOnePhaseCommits();

  /** True if cached results of other sessions may be stale after recovery committed a branch. */
  boolean staleAfterRecovery();

  /** True if running the statement would end the branch behind the transaction manager's back. */
  boolean endsBranch(String sql);

  /** True if the connection is of no use after this. */
  boolean isConnectionLost(SQLException failure);

  /** Why a connection could not be opened. */
  Refusal refusal(SQLException failure);

  /** The same failure with an error code that says what happened. */
  XAException normalise(XAException failure);

  /** How recovery speaks with the database over a connection of its own. */
  XAResource recoveryView(XAResource driver, Connection sql);

  /** Who the database says it is. */
  RmIdentity identity(Connection connection) throws SQLException;

  /** What must hold before the first transaction. */
  List<Finding> check(JdbcSettings settings, Connection working, Connection recovery)
      throws SQLException;

  /** The Xid as the database's own tools show it. */
  String nativeForm(Xid xid);
}
