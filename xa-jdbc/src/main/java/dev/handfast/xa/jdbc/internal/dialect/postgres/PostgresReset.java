package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.SessionReset;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Makes a session of PostgreSQL as new. {@code DISCARD ALL} does it on the server: settings, role,
 * locks, cursors, prepared statements, temporary tables, notifications. What the driver has set
 * after it connected (the name of the application) or keeps for itself is put back as it was. That
 * takes two round trips.
 */
final class PostgresReset implements SessionReset {

  private final Connection connection;
  private final boolean readOnly;
  private final int holdability;
  private final int networkTimeout;
  private final Map<String, Class<?>> types;
  private final Properties clientInfo;

  private PostgresReset(Connection connection) throws SQLException {
    this.connection = connection;
    this.readOnly = connection.isReadOnly();
    this.holdability = connection.getHoldability();
    this.networkTimeout = connection.getNetworkTimeout();
    this.types = Map.copyOf(connection.getTypeMap());
    this.clientInfo = (Properties) connection.getClientInfo().clone();
  }

  /** Takes the state of a connection that was just opened. */
  static PostgresReset of(Connection opened) throws SQLException {
    return new PostgresReset(opened);
  }

  @Override
  public boolean renew() throws SQLException {
    // Outside a transaction, which DISCARD ALL demands.
    connection.setAutoCommit(true);
    connection.setReadOnly(readOnly);
    connection.setHoldability(holdability);
    connection.setNetworkTimeout(Runnable::run, networkTimeout);
    connection.setTypeMap(new HashMap<>(types));
    try (Statement statement = connection.createStatement()) {
      statement.execute("DISCARD ALL");
    }
    if (!clientInfo.equals(connection.getClientInfo())) {
      connection.setClientInfo((Properties) clientInfo.clone());
    }
    connection.clearWarnings();
    return true;
  }
}
