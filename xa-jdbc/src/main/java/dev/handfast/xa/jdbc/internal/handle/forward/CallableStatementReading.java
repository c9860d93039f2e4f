package dev.handfast.xa.jdbc.internal.handle.forward;

import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/** Passes on what is read of a call's results. */
public abstract class CallableStatementReading
    extends ForwardingPreparedStatement<CallableStatement> implements CallableStatement {

  protected CallableStatementReading(CallableStatement target, Origin origin, String prepared) {
    super(target, origin, prepared);
  }

  @Override
  public final boolean wasNull() throws SQLException {
    return call(() -> target().wasNull());
  }

  @Override
  public final String getString(int parameterIndex) throws SQLException {
    return call(() -> target().getString(parameterIndex));
  }

  @Override
  public final boolean getBoolean(int parameterIndex) throws SQLException {
    return call(() -> target().getBoolean(parameterIndex));
  }

  @Override
  public final byte getByte(int parameterIndex) throws SQLException {
    return call(() -> target().getByte(parameterIndex));
  }

  @Override
  public final short getShort(int parameterIndex) throws SQLException {
    return call(() -> target().getShort(parameterIndex));
  }

  @Override
  public final int getInt(int parameterIndex) throws SQLException {
    return call(() -> target().getInt(parameterIndex));
  }

  @Override
  public final long getLong(int parameterIndex) throws SQLException {
    return call(() -> target().getLong(parameterIndex));
  }

  @Override
  public final float getFloat(int parameterIndex) throws SQLException {
    return call(() -> target().getFloat(parameterIndex));
  }

  @Override
  public final double getDouble(int parameterIndex) throws SQLException {
    return call(() -> target().getDouble(parameterIndex));
  }

  @Override
  @SuppressWarnings("deprecation")
  public final BigDecimal getBigDecimal(int parameterIndex, int scale) throws SQLException {
    return call(() -> target().getBigDecimal(parameterIndex, scale));
  }

  @Override
  public final byte[] getBytes(int parameterIndex) throws SQLException {
    return call(() -> target().getBytes(parameterIndex));
  }

  @Override
  public final Date getDate(int parameterIndex) throws SQLException {
    return call(() -> target().getDate(parameterIndex));
  }

  @Override
  public final Time getTime(int parameterIndex) throws SQLException {
    return call(() -> target().getTime(parameterIndex));
  }

  @Override
  public final Timestamp getTimestamp(int parameterIndex) throws SQLException {
    return call(() -> target().getTimestamp(parameterIndex));
  }

  @Override
  public final Object getObject(int parameterIndex) throws SQLException {
    return reach(() -> target().getObject(parameterIndex));
  }

  @Override
  public final BigDecimal getBigDecimal(int parameterIndex) throws SQLException {
    return call(() -> target().getBigDecimal(parameterIndex));
  }

  @Override
  public final Object getObject(int parameterIndex, Map<String, Class<?>> map) throws SQLException {
    return reach(() -> target().getObject(parameterIndex, map));
  }

  @Override
  public final Ref getRef(int parameterIndex) throws SQLException {
    return reach(() -> target().getRef(parameterIndex));
  }

  @Override
  public final Blob getBlob(int parameterIndex) throws SQLException {
    return reach(() -> target().getBlob(parameterIndex));
  }

  @Override
  public final Clob getClob(int parameterIndex) throws SQLException {
    return reach(() -> target().getClob(parameterIndex));
  }

  @Override
  public final Array getArray(int parameterIndex) throws SQLException {
    return reach(() -> target().getArray(parameterIndex));
  }

  @Override
  public final Date getDate(int parameterIndex, Calendar cal) throws SQLException {
    return call(() -> target().getDate(parameterIndex, cal));
  }

  @Override
  public final Time getTime(int parameterIndex, Calendar cal) throws SQLException {
    return call(() -> target().getTime(parameterIndex, cal));
  }

  @Override
  public final Timestamp getTimestamp(int parameterIndex, Calendar cal) throws SQLException {
    return call(() -> target().getTimestamp(parameterIndex, cal));
  }

  @Override
  public final URL getURL(int parameterIndex) throws SQLException {
    return call(() -> target().getURL(parameterIndex));
  }

  @Override
  public final String getString(String parameterName) throws SQLException {
    return call(() -> target().getString(parameterName));
  }

  @Override
  public final boolean getBoolean(String parameterName) throws SQLException {
    return call(() -> target().getBoolean(parameterName));
  }

  @Override
  public final byte getByte(String parameterName) throws SQLException {
    return call(() -> target().getByte(parameterName));
  }

  @Override
  public final short getShort(String parameterName) throws SQLException {
    return call(() -> target().getShort(parameterName));
  }

  @Override
  public final int getInt(String parameterName) throws SQLException {
    return call(() -> target().getInt(parameterName));
  }

  @Override
  public final long getLong(String parameterName) throws SQLException {
    return call(() -> target().getLong(parameterName));
  }

  @Override
  public final float getFloat(String parameterName) throws SQLException {
    return call(() -> target().getFloat(parameterName));
  }

  @Override
  public final double getDouble(String parameterName) throws SQLException {
    return call(() -> target().getDouble(parameterName));
  }

  @Override
  public final byte[] getBytes(String parameterName) throws SQLException {
    return call(() -> target().getBytes(parameterName));
  }

  @Override
  public final Date getDate(String parameterName) throws SQLException {
    return call(() -> target().getDate(parameterName));
  }

  @Override
  public final Time getTime(String parameterName) throws SQLException {
    return call(() -> target().getTime(parameterName));
  }

  @Override
  public final Timestamp getTimestamp(String parameterName) throws SQLException {
    return call(() -> target().getTimestamp(parameterName));
  }

  @Override
  public final Object getObject(String parameterName) throws SQLException {
    return reach(() -> target().getObject(parameterName));
  }

  @Override
  public final BigDecimal getBigDecimal(String parameterName) throws SQLException {
    return call(() -> target().getBigDecimal(parameterName));
  }

  @Override
  public final Object getObject(String parameterName, Map<String, Class<?>> map)
      throws SQLException {
    return reach(() -> target().getObject(parameterName, map));
  }

  @Override
  public final Ref getRef(String parameterName) throws SQLException {
    return reach(() -> target().getRef(parameterName));
  }

  @Override
  public final Blob getBlob(String parameterName) throws SQLException {
    return reach(() -> target().getBlob(parameterName));
  }

  @Override
  public final Clob getClob(String parameterName) throws SQLException {
    return reach(() -> target().getClob(parameterName));
  }

  @Override
  public final Array getArray(String parameterName) throws SQLException {
    return reach(() -> target().getArray(parameterName));
  }

  @Override
  public final Date getDate(String parameterName, Calendar cal) throws SQLException {
    return call(() -> target().getDate(parameterName, cal));
  }

  @Override
  public final Time getTime(String parameterName, Calendar cal) throws SQLException {
    return call(() -> target().getTime(parameterName, cal));
  }

  @Override
  public final Timestamp getTimestamp(String parameterName, Calendar cal) throws SQLException {
    return call(() -> target().getTimestamp(parameterName, cal));
  }

  @Override
  public final URL getURL(String parameterName) throws SQLException {
    return call(() -> target().getURL(parameterName));
  }

  @Override
  public final RowId getRowId(int parameterIndex) throws SQLException {
    return call(() -> target().getRowId(parameterIndex));
  }

  @Override
  public final RowId getRowId(String parameterName) throws SQLException {
    return call(() -> target().getRowId(parameterName));
  }

  @Override
  public final NClob getNClob(int parameterIndex) throws SQLException {
    return reach(() -> target().getNClob(parameterIndex));
  }

  @Override
  public final NClob getNClob(String parameterName) throws SQLException {
    return reach(() -> target().getNClob(parameterName));
  }

  @Override
  public final SQLXML getSQLXML(int parameterIndex) throws SQLException {
    return reach(() -> target().getSQLXML(parameterIndex));
  }

  @Override
  public final SQLXML getSQLXML(String parameterName) throws SQLException {
    return reach(() -> target().getSQLXML(parameterName));
  }

  @Override
  public final String getNString(int parameterIndex) throws SQLException {
    return call(() -> target().getNString(parameterIndex));
  }

  @Override
  public final String getNString(String parameterName) throws SQLException {
    return call(() -> target().getNString(parameterName));
  }

  @Override
  public final Reader getNCharacterStream(int parameterIndex) throws SQLException {
    return reach(() -> target().getNCharacterStream(parameterIndex));
  }

  @Override
  public final Reader getNCharacterStream(String parameterName) throws SQLException {
    return reach(() -> target().getNCharacterStream(parameterName));
  }

  @Override
  public final Reader getCharacterStream(int parameterIndex) throws SQLException {
    return reach(() -> target().getCharacterStream(parameterIndex));
  }

  @Override
  public final Reader getCharacterStream(String parameterName) throws SQLException {
    return reach(() -> target().getCharacterStream(parameterName));
  }

  @Override
  public final <T> T getObject(int parameterIndex, Class<T> type) throws SQLException {
    return reach(type, () -> target().getObject(parameterIndex, type));
  }

  @Override
  public final <T> T getObject(String parameterName, Class<T> type) throws SQLException {
    return reach(type, () -> target().getObject(parameterName, type));
  }
}
