package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.Forwarding;
import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Is an array that the application holds. */
final class ArrayHandle extends Forwarding<Array> implements Array {

  ArrayHandle(Array target, Origin origin) {
    super(target, origin);
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    return call(() -> target().getBaseTypeName());
  }

  @Override
  public int getBaseType() throws SQLException {
    return call(() -> target().getBaseType());
  }

  @Override
  public Object getArray() throws SQLException {
    return reach(() -> target().getArray());
  }

  @Override
  public Object getArray(Map<String, Class<?>> map) throws SQLException {
    return reach(() -> target().getArray(map));
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    return reach(() -> target().getArray(index, count));
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
    return reach(() -> target().getArray(index, count, map));
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return reach(() -> target().getResultSet());
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
    return reach(() -> target().getResultSet(map));
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return reach(() -> target().getResultSet(index, count));
  }

  @Override
  public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map)
      throws SQLException {
    return reach(() -> target().getResultSet(index, count, map));
  }

  @Override
  public void free() throws SQLException {
    end(() -> target().free());
  }
}
