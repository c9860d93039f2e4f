package dev.handfast.xa.jdbc.internal.connect;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.Scrubber;
import dev.handfast.xa.config.Secret;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.SqlStates;
import dev.handfast.xa.jdbc.internal.settings.DatabaseCredentials;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections with one set of credentials. Its failures name no secret. */
public final class ConnectionSource {

  private final String resource;
  private final Dialect dialect;
  private final XADataSource source;
  private final DatabaseCredentials credentials;
  private final Scrubber scrubber;
  private final boolean ownSource;

  ConnectionSource(
      JdbcSettings settings,
      Dialect dialect,
      XADataSource source,
      DatabaseCredentials credentials) {
    this.resource = settings.name();
    this.dialect = dialect;
    this.source = source;
    this.credentials = credentials;
    this.scrubber = settings.scrubber();
    this.ownSource = settings.source() != null;
  }

  /** Says for a message where connections go, and as which user. */
  public String where() {
    String user = credentials.user() == null ? "" : ", user " + credentials.user();
    return "Resource '" + resource + "' (" + dialect.shownUrl() + user + ")";
  }

  /** Opens a connection. The password is fetched anew. */
  public XAConnection open() throws SQLException {
    String password = reveal(credentials.password());
    try {
      return connect(password);
    } catch (SQLException e) {
      throw ConnectionFailures.cannotConnect(where(), refusal(e), e, scrubber);
    } catch (RuntimeException e) {
      throw ConnectionFailures.cannotConnect(
          where(), Dialect.Refusal.UNREACHABLE, new SQLException(e.toString(), e), scrubber);
    }
  }

  private XAConnection connect(@Nullable String password) throws SQLException {
    // Without a user, the URL may name one, which a data source's own empty user would contradict.
    return credentials.user() == null && (ownSource || dialect.sourceTakesUserFromUrl())
        ? source.getXAConnection()
        : source.getXAConnection(credentials.user(), password);
  }

  /** Says why a connection could not be opened. One that lacks its password was rejected. */
  public Dialect.Refusal refusal(SQLException failure) {
    Dialect.Refusal refusal = dialect.refusal(failure);
    boolean lacksPassword =
        !ownSource && credentials.password() == null && !dialect.shownUrl().contains("password=");
    return lacksPassword && SqlStates.isConnectionRejected(failure)
        ? Dialect.Refusal.CREDENTIALS
        : refusal;
  }

  private @Nullable String reveal(@Nullable Secret secret) throws SQLException {
    try {
      return secret == null ? null : secret.reveal();
    } catch (ConfigurationException e) {
      throw new SQLException(where() + ": no password: " + e.getMessage(), e);
    }
  }
}
