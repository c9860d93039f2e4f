package dev.handfast.xa.jdbc.internal.handle.forward;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/** Passes on what a connection is asked, and what it makes. */
public abstract class ForwardingConnection extends Forwarding<Connection> implements Connection {

  /**
   * @param origin makes the origin of what is reached from this connection
   */
  protected ForwardingConnection(Connection target, Function<Connection, Origin> origin) {
    super(target, self -> origin.apply((Connection) self));
  }

  @Override
  public final String nativeSQL(String sql) throws SQLException {
    return call(() -> target().nativeSQL(sql));
  }

  @Override
  public final boolean getAutoCommit() throws SQLException {
    return call(() -> target().getAutoCommit());
  }

  @Override
  public final DatabaseMetaData getMetaData() throws SQLException {
    return reach(() -> target().getMetaData());
  }

  @Override
  public final String getCatalog() throws SQLException {
    return call(() -> target().getCatalog());
  }

  @Override
  public final SQLWarning getWarnings() throws SQLException {
    return call(() -> target().getWarnings());
  }

  @Override
  public final void clearWarnings() throws SQLException {
    run(() -> target().clearWarnings());
  }

  @Override
  public final Map<String, Class<?>> getTypeMap() throws SQLException {
    return call(() -> target().getTypeMap());
  }

  @Override
  public final int getHoldability() throws SQLException {
    return call(() -> target().getHoldability());
  }

  @Override
  public final Clob createClob() throws SQLException {
    return reach(() -> target().createClob());
  }

  @Override
  public final Blob createBlob() throws SQLException {
    return reach(() -> target().createBlob());
  }

  @Override
  public final NClob createNClob() throws SQLException {
    return reach(() -> target().createNClob());
  }

  @Override
  public final SQLXML createSQLXML() throws SQLException {
    return reach(() -> target().createSQLXML());
  }

  @Override
  public final boolean isValid(int timeout) throws SQLException {
    return call(() -> target().isValid(timeout));
  }

  @Override
  public final String getClientInfo(String name) throws SQLException {
    return call(() -> target().getClientInfo(name));
  }

  @Override
  public final Properties getClientInfo() throws SQLException {
    return call(() -> target().getClientInfo());
  }

  @Override
  public final Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    return reach(() -> target().createArrayOf(typeName, bare(elements)));
  }

  @Override
  public final Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    return reach(() -> target().createStruct(typeName, bare(attributes)));
  }

  @Override
  public final String getSchema() throws SQLException {
    return call(() -> target().getSchema());
  }

  @Override
  public final int getNetworkTimeout() throws SQLException {
    return call(() -> target().getNetworkTimeout());
  }

  @Override
  public final void beginRequest() throws SQLException {
    run(() -> target().beginRequest());
  }

  @Override
  public final void endRequest() throws SQLException {
    run(() -> target().endRequest());
  }
}
