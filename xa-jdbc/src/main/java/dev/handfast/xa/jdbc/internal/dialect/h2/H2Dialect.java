package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.config.Urls;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.SessionState;
import dev.handfast.xa.jdbc.internal.dialect.TransactionModes;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettingsRules;
import dev.handfast.xa.jdbc.internal.sql.SqlMarks;
import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.RmIdentity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with H2. Its branches live in the session that prepared them: closing that connection
 * rolls them back, whatever they voted. After the end of the process they are in doubt, as they
 * should be.
 */
public final class H2Dialect implements Dialect {

  private static final SqlMarks MARKS = new H2Marks();

  private static final int WRONG_USER_OR_PASSWORD = 28000;
  private static final int GENERAL_ERROR = 50000;
  private static final String STORE_FAILURE = "org.h2.mvstore.MVStoreException";
  private static final int TRANSACTION_NOT_FOUND = 90129;

  /**
   * Says that the user may not change a setting that stands in the URL. One is always there: ours.
   */
  private static final int ADMINISTRATOR_REQUIRED = 90040;

  /**
   * Say that the database cannot exist. 90011 and 90046: wrong URL; 90013, 90146, 90149: no such
   * database; 90113: unknown setting.
   */
  private static final Set<Integer> WRONG_DATABASE =
      Set.of(90011, 90013, 90046, 90054, 90066, 90113, 90146, 90149);

  /**
   * Say that a connection or database is broken, closed or closing, or that its files cannot be
   * used.
   */
  private static final Set<Integer> CONNECTION_LOST =
      Set.of(90007, 90020, 90028, 90030, 90031, 90067, 90098, 90108, 90121, 90135);

  private final String resource;
  private final String url;
  private final H2Url place;

  private H2Dialect(String resource, String url, H2Url place) {
    this.resource = resource;
    this.url = url;
    this.place = place;
  }

  /** Refuses server mode unless it is allowed by name. */
  public static H2Dialect of(JdbcSettings settings, String url) {
    H2Url place = H2Url.of(url);
    if (place == H2Url.SERVER && !settings.allowH2Server()) {
      throw JdbcSettingsRules.wrong(
          settings,
          "url",
          "'" + Urls.mask(url) + "'",
          "is H2 in server mode, which forgets the prepared branches of an application that dies",
          "use a file database such as jdbc:h2:./data/"
              + settings.name()
              + ", or accept lost commits with "
              + settings.key("allow-h2-server")
              + "=true");
    }
    return new H2Dialect(settings.name(), url, place);
  }

  /** Answers the URL of an H2 data source, null if it is of another make. */
  public static @Nullable String urlOf(XADataSource source) {
    return H2Driver.urlOf(source);
  }

  @Override
  public String shownUrl() {
    return Urls.mask(url);
  }

  @Override
  public XADataSource newSource() {
    return H2Driver.newSource(resource, url, place);
  }

  @Override
  public XAResource workView(
      XAResource driver, Supplier<@Nullable Connection> sql, Duration bound) {
    return new H2SerialXaResource(driver, bound);
  }

  @Override
  public boolean interruptClosesDatabase() {
    return place != H2Url.MEMORY;
  }

  /** Closes it, because H2 does nothing when it is told to abort. */
  @Override
  public void abort(XAConnection driver, Connection connection) throws SQLException {
    driver.close();
  }

  @Override
  public boolean closingLosesVotes() {
    return true;
  }

  /**
   * Answers false: whoever opens the database may set a WRITE_DELAY, with which commits get lost.
   */
  @Override
  public boolean keepsOnePhaseCommits() {
    return false;
  }

  @Override
  public boolean staleAfterRecovery() {
    return true;
  }

  @Override
  public TransactionModes transactionModes() {
    return H2Modes.INSTANCE;
  }

  @Override
  public SqlMarks sqlMarks() {
    return MARKS;
  }

  @Override
  public SessionState session(Connection connection) throws SQLException {
    return H2Session.of(connection);
  }

  @Override
  public boolean isConnectionLost(SQLException failure) {
    return CONNECTION_LOST.contains(failure.getErrorCode())
        || (failure.getErrorCode() == GENERAL_ERROR && isOfStore(failure));
  }

  /** Whether H2 could not use its file, upon which it closes the database. */
  private static boolean isOfStore(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getClass().getName().equals(STORE_FAILURE)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Refusal refusal(SQLException failure) {
    if (failure.getErrorCode() == WRONG_USER_OR_PASSWORD) {
      return Refusal.CREDENTIALS;
    }
    if (failure.getErrorCode() == ADMINISTRATOR_REQUIRED) {
      return Refusal.RIGHTS;
    }
    return WRONG_DATABASE.contains(failure.getErrorCode())
        ? Refusal.UNKNOWN_DATABASE
        : Refusal.UNREACHABLE;
  }

  @Override
  public Finding missingRight(String key, String user) {
    return H2Check.noAdministrator(key, user);
  }

  /**
   * Reads the code from the cause. H2 answers no code at all, or RMERR, and hides the reason there.
   */
  @Override
  public XAException normalise(XAException failure) {
    if (failure.errorCode != 0 && failure.errorCode != XAException.XAER_RMERR) {
      return failure;
    }
    int code = XAException.XAER_RMERR;
    if (failure.getCause() instanceof SQLException cause) {
      if (cause.getErrorCode() == TRANSACTION_NOT_FOUND) {
        code = XAException.XAER_NOTA;
      } else if (isConnectionLost(cause)) {
        code = XAException.XAER_RMFAIL;
      }
    } else if (failure.errorCode == XAException.XAER_RMERR) {
      // H2 answers so on a connection that is closed.
      code = XAException.XAER_RMFAIL;
    }
    return MaskedXaErrors.of(code, failure.getMessage(), failure.getCause());
  }

  @Override
  public XAResource recoveryView(XAResource driver, Connection sql, Duration bound) {
    return new H2SerialXaResource(new H2RecoveryView(driver, sql, this), bound);
  }

  /**
   * Answers the moment at which the database was made, because H2 has no id of its own. That moment
   * is kept in the file, stays the same when the file is moved or copied, and differs for a
   * database that was made anew; {@code SHUTDOWN COMPACT} makes the file anew too.
   */
  @Override
  public RmIdentity identity(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT DATABASE(), H2VERSION()")) {
      answer.next();
      String id = answer.getString(1) + "-" + H2Store.created(connection);
      return new RmIdentity(id, "H2", answer.getString(2));
    }
  }

  @Override
  public List<Finding> check(JdbcSettings settings, Connection working, Connection recovery)
      throws SQLException {
    return H2Check.of(settings, place, shownUrl(), working, recovery);
  }

  @Override
  public String nativeForm(Xid xid) {
    return H2Xid.NAMING.name(xid);
  }

  @Override
  public String nativeCommand(Xid xid, boolean commit) {
    return H2RecoveryView.command(xid, commit);
  }
}
