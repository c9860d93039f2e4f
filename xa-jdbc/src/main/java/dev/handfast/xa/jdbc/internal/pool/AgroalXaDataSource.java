package dev.handfast.xa.jdbc.internal.pool;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives the pool its connections. Agroal takes a class, makes the object itself and sets its
 * properties; that alone is why this type is public.
 */
public final class AgroalXaDataSource extends UnloggedDataSource implements XADataSource {

  static final String PROPERTY = "handover";

  private static final ConcurrentMap<String, OpenConnections> HANDOVER = new ConcurrentHashMap<>();

  private @Nullable OpenConnections connections;

  /** Is called by Agroal. */
  public AgroalXaDataSource() {}

  /**
   * Leaves the connections for the object that Agroal is about to make, until {@link #withdraw}.
   */
  static String hand(OpenConnections connections) {
    String id = UUID.randomUUID().toString();
    HANDOVER.put(id, connections);
    return id;
  }

  static void withdraw(String id) {
    HANDOVER.remove(id);
  }

  /** Takes what was left under the id. Agroal calls it. */
  public void setHandover(String id) {
    connections = Objects.requireNonNull(HANDOVER.get(id), "handover");
  }

  @Override
  public XAConnection getXAConnection() throws SQLException {
    return Objects.requireNonNull(connections, "handover").connect();
  }

  @Override
  public XAConnection getXAConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("credentials are those of the definition");
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The data source behind it has its own.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }
}
