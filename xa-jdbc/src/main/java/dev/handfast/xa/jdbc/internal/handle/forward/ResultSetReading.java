package dev.handfast.xa.jdbc.internal.handle.forward;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;

/** Passes on what is read of a row. */
public abstract class ResultSetReading extends ResultSetMoving {

  protected ResultSetReading(ResultSet target, Origin origin) {
    super(target, origin);
  }

  @Override
  public final String getString(int columnIndex) throws SQLException {
    return call(() -> target().getString(columnIndex));
  }

  @Override
  public final boolean getBoolean(int columnIndex) throws SQLException {
    return call(() -> target().getBoolean(columnIndex));
  }

  @Override
  public final byte getByte(int columnIndex) throws SQLException {
    return call(() -> target().getByte(columnIndex));
  }

  @Override
  public final short getShort(int columnIndex) throws SQLException {
    return call(() -> target().getShort(columnIndex));
  }

  @Override
  public final int getInt(int columnIndex) throws SQLException {
    return call(() -> target().getInt(columnIndex));
  }

  @Override
  public final long getLong(int columnIndex) throws SQLException {
    return call(() -> target().getLong(columnIndex));
  }

  @Override
  public final float getFloat(int columnIndex) throws SQLException {
    return call(() -> target().getFloat(columnIndex));
  }

  @Override
  public final double getDouble(int columnIndex) throws SQLException {
    return call(() -> target().getDouble(columnIndex));
  }

  @Override
  @SuppressWarnings("deprecation")
  public final BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
    return call(() -> target().getBigDecimal(columnIndex, scale));
  }

  @Override
  public final byte[] getBytes(int columnIndex) throws SQLException {
    return call(() -> target().getBytes(columnIndex));
  }

  @Override
  public final Date getDate(int columnIndex) throws SQLException {
    return call(() -> target().getDate(columnIndex));
  }

  @Override
  public final Time getTime(int columnIndex) throws SQLException {
    return call(() -> target().getTime(columnIndex));
  }

  @Override
  public final Timestamp getTimestamp(int columnIndex) throws SQLException {
    return call(() -> target().getTimestamp(columnIndex));
  }

  @Override
  public final InputStream getAsciiStream(int columnIndex) throws SQLException {
    return reach(() -> target().getAsciiStream(columnIndex));
  }

  @Override
  @SuppressWarnings("deprecation")
  public final InputStream getUnicodeStream(int columnIndex) throws SQLException {
    return reach(() -> target().getUnicodeStream(columnIndex));
  }

  @Override
  public final InputStream getBinaryStream(int columnIndex) throws SQLException {
    return reach(() -> target().getBinaryStream(columnIndex));
  }

  @Override
  public final String getString(String columnLabel) throws SQLException {
    return call(() -> target().getString(columnLabel));
  }

  @Override
  public final boolean getBoolean(String columnLabel) throws SQLException {
    return call(() -> target().getBoolean(columnLabel));
  }

  @Override
  public final byte getByte(String columnLabel) throws SQLException {
    return call(() -> target().getByte(columnLabel));
  }

  @Override
  public final short getShort(String columnLabel) throws SQLException {
    return call(() -> target().getShort(columnLabel));
  }

  @Override
  public final int getInt(String columnLabel) throws SQLException {
    return call(() -> target().getInt(columnLabel));
  }

  @Override
  public final long getLong(String columnLabel) throws SQLException {
    return call(() -> target().getLong(columnLabel));
  }

  @Override
  public final float getFloat(String columnLabel) throws SQLException {
    return call(() -> target().getFloat(columnLabel));
  }

  @Override
  public final double getDouble(String columnLabel) throws SQLException {
    return call(() -> target().getDouble(columnLabel));
  }

  @Override
  @SuppressWarnings("deprecation")
  public final BigDecimal getBigDecimal(String columnLabel, int scale) throws SQLException {
    return call(() -> target().getBigDecimal(columnLabel, scale));
  }

  @Override
  public final byte[] getBytes(String columnLabel) throws SQLException {
    return call(() -> target().getBytes(columnLabel));
  }

  @Override
  public final Date getDate(String columnLabel) throws SQLException {
    return call(() -> target().getDate(columnLabel));
  }

  @Override
  public final Time getTime(String columnLabel) throws SQLException {
    return call(() -> target().getTime(columnLabel));
  }

  @Override
  public final Timestamp getTimestamp(String columnLabel) throws SQLException {
    return call(() -> target().getTimestamp(columnLabel));
  }

  @Override
  public final InputStream getAsciiStream(String columnLabel) throws SQLException {
    return reach(() -> target().getAsciiStream(columnLabel));
  }

  @Override
  @SuppressWarnings("deprecation")
  public final InputStream getUnicodeStream(String columnLabel) throws SQLException {
    return reach(() -> target().getUnicodeStream(columnLabel));
  }

  @Override
  public final InputStream getBinaryStream(String columnLabel) throws SQLException {
    return reach(() -> target().getBinaryStream(columnLabel));
  }

  @Override
  public final Object getObject(int columnIndex) throws SQLException {
    return reach(() -> target().getObject(columnIndex));
  }

  @Override
  public final Object getObject(String columnLabel) throws SQLException {
    return reach(() -> target().getObject(columnLabel));
  }

  @Override
  public final Reader getCharacterStream(int columnIndex) throws SQLException {
    return reach(() -> target().getCharacterStream(columnIndex));
  }

  @Override
  public final Reader getCharacterStream(String columnLabel) throws SQLException {
    return reach(() -> target().getCharacterStream(columnLabel));
  }

  @Override
  public final BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    return call(() -> target().getBigDecimal(columnIndex));
  }

  @Override
  public final BigDecimal getBigDecimal(String columnLabel) throws SQLException {
    return call(() -> target().getBigDecimal(columnLabel));
  }

  @Override
  public final Object getObject(int columnIndex, Map<String, Class<?>> map) throws SQLException {
    return reach(() -> target().getObject(columnIndex, map));
  }

  @Override
  public final Ref getRef(int columnIndex) throws SQLException {
    return reach(() -> target().getRef(columnIndex));
  }

  @Override
  public final Blob getBlob(int columnIndex) throws SQLException {
    return reach(() -> target().getBlob(columnIndex));
  }

  @Override
  public final Clob getClob(int columnIndex) throws SQLException {
    return reach(() -> target().getClob(columnIndex));
  }

  @Override
  public final Array getArray(int columnIndex) throws SQLException {
    return reach(() -> target().getArray(columnIndex));
  }

  @Override
  public final Object getObject(String columnLabel, Map<String, Class<?>> map) throws SQLException {
    return reach(() -> target().getObject(columnLabel, map));
  }

  @Override
  public final Ref getRef(String columnLabel) throws SQLException {
    return reach(() -> target().getRef(columnLabel));
  }

  @Override
  public final Blob getBlob(String columnLabel) throws SQLException {
    return reach(() -> target().getBlob(columnLabel));
  }

  @Override
  public final Clob getClob(String columnLabel) throws SQLException {
    return reach(() -> target().getClob(columnLabel));
  }

  @Override
  public final Array getArray(String columnLabel) throws SQLException {
    return reach(() -> target().getArray(columnLabel));
  }

  @Override
  public final Date getDate(int columnIndex, Calendar cal) throws SQLException {
    return call(() -> target().getDate(columnIndex, cal));
  }

  @Override
  public final Date getDate(String columnLabel, Calendar cal) throws SQLException {
    return call(() -> target().getDate(columnLabel, cal));
  }

  @Override
  public final Time getTime(int columnIndex, Calendar cal) throws SQLException {
    return call(() -> target().getTime(columnIndex, cal));
  }

  @Override
  public final Time getTime(String columnLabel, Calendar cal) throws SQLException {
    return call(() -> target().getTime(columnLabel, cal));
  }

  @Override
  public final Timestamp getTimestamp(int columnIndex, Calendar cal) throws SQLException {
    return call(() -> target().getTimestamp(columnIndex, cal));
  }

  @Override
  public final Timestamp getTimestamp(String columnLabel, Calendar cal) throws SQLException {
    return call(() -> target().getTimestamp(columnLabel, cal));
  }

  @Override
  public final URL getURL(int columnIndex) throws SQLException {
    return call(() -> target().getURL(columnIndex));
  }

  @Override
  public final URL getURL(String columnLabel) throws SQLException {
    return call(() -> target().getURL(columnLabel));
  }

  @Override
  public final RowId getRowId(int columnIndex) throws SQLException {
    return call(() -> target().getRowId(columnIndex));
  }

  @Override
  public final RowId getRowId(String columnLabel) throws SQLException {
    return call(() -> target().getRowId(columnLabel));
  }

  @Override
  public final NClob getNClob(int columnIndex) throws SQLException {
    return reach(() -> target().getNClob(columnIndex));
  }

  @Override
  public final NClob getNClob(String columnLabel) throws SQLException {
    return reach(() -> target().getNClob(columnLabel));
  }

  @Override
  public final SQLXML getSQLXML(int columnIndex) throws SQLException {
    return reach(() -> target().getSQLXML(columnIndex));
  }

  @Override
  public final SQLXML getSQLXML(String columnLabel) throws SQLException {
    return reach(() -> target().getSQLXML(columnLabel));
  }

  @Override
  public final String getNString(int columnIndex) throws SQLException {
    return call(() -> target().getNString(columnIndex));
  }

  @Override
  public final String getNString(String columnLabel) throws SQLException {
    return call(() -> target().getNString(columnLabel));
  }

  @Override
  public final Reader getNCharacterStream(int columnIndex) throws SQLException {
    return reach(() -> target().getNCharacterStream(columnIndex));
  }

  @Override
  public final Reader getNCharacterStream(String columnLabel) throws SQLException {
    return reach(() -> target().getNCharacterStream(columnLabel));
  }

  @Override
  public final <T> T getObject(int columnIndex, Class<T> type) throws SQLException {
    return reach(type, () -> target().getObject(columnIndex, type));
  }

  @Override
  public final <T> T getObject(String columnLabel, Class<T> type) throws SQLException {
    return reach(type, () -> target().getObject(columnLabel, type));
  }
}
