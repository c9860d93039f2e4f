package dev.handfast.xa.jdbc.internal.handle.forward;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** Passes on the parameters of a call. */
public abstract class ForwardingCallableStatement extends CallableStatementReading {

  protected ForwardingCallableStatement(CallableStatement target, Origin origin, String prepared) {
    super(target, origin, prepared);
  }

  @Override
  public final void registerOutParameter(int parameterIndex, int sqlType) throws SQLException {
    run(() -> target().registerOutParameter(parameterIndex, sqlType));
  }

  @Override
  public final void registerOutParameter(int parameterIndex, int sqlType, int scale)
      throws SQLException {
    run(() -> target().registerOutParameter(parameterIndex, sqlType, scale));
  }

  @Override
  public final void registerOutParameter(int parameterIndex, int sqlType, String typeName)
      throws SQLException {
    run(() -> target().registerOutParameter(parameterIndex, sqlType, typeName));
  }

  @Override
  public final void registerOutParameter(String parameterName, int sqlType) throws SQLException {
    run(() -> target().registerOutParameter(parameterName, sqlType));
  }

  @Override
  public final void registerOutParameter(String parameterName, int sqlType, int scale)
      throws SQLException {
    run(() -> target().registerOutParameter(parameterName, sqlType, scale));
  }

  @Override
  public final void registerOutParameter(String parameterName, int sqlType, String typeName)
      throws SQLException {
    run(() -> target().registerOutParameter(parameterName, sqlType, typeName));
  }

  @Override
  public final void setURL(String parameterName, URL val) throws SQLException {
    run(() -> target().setURL(parameterName, val));
  }

  @Override
  public final void setNull(String parameterName, int sqlType) throws SQLException {
    run(() -> target().setNull(parameterName, sqlType));
  }

  @Override
  public final void setBoolean(String parameterName, boolean x) throws SQLException {
    run(() -> target().setBoolean(parameterName, x));
  }

  @Override
  public final void setByte(String parameterName, byte x) throws SQLException {
    run(() -> target().setByte(parameterName, x));
  }

  @Override
  public final void setShort(String parameterName, short x) throws SQLException {
    run(() -> target().setShort(parameterName, x));
  }

  @Override
  public final void setInt(String parameterName, int x) throws SQLException {
    run(() -> target().setInt(parameterName, x));
  }

  @Override
  public final void setLong(String parameterName, long x) throws SQLException {
    run(() -> target().setLong(parameterName, x));
  }

  @Override
  public final void setFloat(String parameterName, float x) throws SQLException {
    run(() -> target().setFloat(parameterName, x));
  }

  @Override
  public final void setDouble(String parameterName, double x) throws SQLException {
    run(() -> target().setDouble(parameterName, x));
  }

  @Override
  public final void setBigDecimal(String parameterName, BigDecimal x) throws SQLException {
    run(() -> target().setBigDecimal(parameterName, x));
  }

  @Override
  public final void setString(String parameterName, String x) throws SQLException {
    run(() -> target().setString(parameterName, x));
  }

  @Override
  public final void setBytes(String parameterName, byte[] x) throws SQLException {
    run(() -> target().setBytes(parameterName, x));
  }

  @Override
  public final void setDate(String parameterName, Date x) throws SQLException {
    run(() -> target().setDate(parameterName, x));
  }

  @Override
  public final void setTime(String parameterName, Time x) throws SQLException {
    run(() -> target().setTime(parameterName, x));
  }

  @Override
  public final void setTimestamp(String parameterName, Timestamp x) throws SQLException {
    run(() -> target().setTimestamp(parameterName, x));
  }

  @Override
  public final void setAsciiStream(String parameterName, InputStream x, int length)
      throws SQLException {
    work("setAsciiStream", () -> target().setAsciiStream(parameterName, x, length));
  }

  @Override
  public final void setBinaryStream(String parameterName, InputStream x, int length)
      throws SQLException {
    work("setBinaryStream", () -> target().setBinaryStream(parameterName, x, length));
  }

  @Override
  public final void setObject(String parameterName, Object x, int targetSqlType, int scale)
      throws SQLException {
    give("setObject", x, () -> target().setObject(parameterName, bare(x), targetSqlType, scale));
  }

  @Override
  public final void setObject(String parameterName, Object x, int targetSqlType)
      throws SQLException {
    give("setObject", x, () -> target().setObject(parameterName, bare(x), targetSqlType));
  }

  @Override
  public final void setObject(String parameterName, Object x) throws SQLException {
    give("setObject", x, () -> target().setObject(parameterName, bare(x)));
  }

  @Override
  public final void setCharacterStream(String parameterName, Reader reader, int length)
      throws SQLException {
    work("setCharacterStream", () -> target().setCharacterStream(parameterName, reader, length));
  }

  @Override
  public final void setDate(String parameterName, Date x, Calendar cal) throws SQLException {
    run(() -> target().setDate(parameterName, x, cal));
  }

  @Override
  public final void setTime(String parameterName, Time x, Calendar cal) throws SQLException {
    run(() -> target().setTime(parameterName, x, cal));
  }

  @Override
  public final void setTimestamp(String parameterName, Timestamp x, Calendar cal)
      throws SQLException {
    run(() -> target().setTimestamp(parameterName, x, cal));
  }

  @Override
  public final void setNull(String parameterName, int sqlType, String typeName)
      throws SQLException {
    run(() -> target().setNull(parameterName, sqlType, typeName));
  }

  @Override
  public final void setRowId(String parameterName, RowId x) throws SQLException {
    run(() -> target().setRowId(parameterName, x));
  }

  @Override
  public final void setNString(String parameterName, String value) throws SQLException {
    run(() -> target().setNString(parameterName, value));
  }

  @Override
  public final void setNCharacterStream(String parameterName, Reader value, long length)
      throws SQLException {
    work("setNCharacterStream", () -> target().setNCharacterStream(parameterName, value, length));
  }

  @Override
  public final void setNClob(String parameterName, NClob value) throws SQLException {
    work("setNClob", () -> target().setNClob(parameterName, bare(value)));
  }

  @Override
  public final void setClob(String parameterName, Reader reader, long length) throws SQLException {
    work("setClob", () -> target().setClob(parameterName, reader, length));
  }

  @Override
  public final void setBlob(String parameterName, InputStream inputStream, long length)
      throws SQLException {
    work("setBlob", () -> target().setBlob(parameterName, inputStream, length));
  }

  @Override
  public final void setNClob(String parameterName, Reader reader, long length) throws SQLException {
    work("setNClob", () -> target().setNClob(parameterName, reader, length));
  }

  @Override
  public final void setSQLXML(String parameterName, SQLXML xmlObject) throws SQLException {
    run(() -> target().setSQLXML(parameterName, bare(xmlObject)));
  }

  @Override
  public final void setBlob(String parameterName, Blob x) throws SQLException {
    work("setBlob", () -> target().setBlob(parameterName, bare(x)));
  }

  @Override
  public final void setClob(String parameterName, Clob x) throws SQLException {
    work("setClob", () -> target().setClob(parameterName, bare(x)));
  }

  @Override
  public final void setAsciiStream(String parameterName, InputStream x, long length)
      throws SQLException {
    work("setAsciiStream", () -> target().setAsciiStream(parameterName, x, length));
  }

  @Override
  public final void setBinaryStream(String parameterName, InputStream x, long length)
      throws SQLException {
    work("setBinaryStream", () -> target().setBinaryStream(parameterName, x, length));
  }

  @Override
  public final void setCharacterStream(String parameterName, Reader reader, long length)
      throws SQLException {
    work("setCharacterStream", () -> target().setCharacterStream(parameterName, reader, length));
  }

  @Override
  public final void setAsciiStream(String parameterName, InputStream x) throws SQLException {
    work("setAsciiStream", () -> target().setAsciiStream(parameterName, x));
  }

  @Override
  public final void setBinaryStream(String parameterName, InputStream x) throws SQLException {
    work("setBinaryStream", () -> target().setBinaryStream(parameterName, x));
  }

  @Override
  public final void setCharacterStream(String parameterName, Reader reader) throws SQLException {
    work("setCharacterStream", () -> target().setCharacterStream(parameterName, reader));
  }

  @Override
  public final void setNCharacterStream(String parameterName, Reader value) throws SQLException {
    work("setNCharacterStream", () -> target().setNCharacterStream(parameterName, value));
  }

  @Override
  public final void setClob(String parameterName, Reader reader) throws SQLException {
    work("setClob", () -> target().setClob(parameterName, reader));
  }

  @Override
  public final void setBlob(String parameterName, InputStream inputStream) throws SQLException {
    work("setBlob", () -> target().setBlob(parameterName, inputStream));
  }

  @Override
  public final void setNClob(String parameterName, Reader reader) throws SQLException {
    work("setNClob", () -> target().setNClob(parameterName, reader));
  }

  @Override
  public final void setObject(
      String parameterName, Object x, SQLType targetSqlType, int scaleOrLength)
      throws SQLException {
    give(
        "setObject",
        x,
        () -> target().setObject(parameterName, bare(x), targetSqlType, scaleOrLength));
  }

  @Override
  public final void setObject(String parameterName, Object x, SQLType targetSqlType)
      throws SQLException {
    give("setObject", x, () -> target().setObject(parameterName, bare(x), targetSqlType));
  }

  @Override
  public final void registerOutParameter(int p0, SQLType p1) throws SQLException {
    run(() -> target().registerOutParameter(p0, p1));
  }

  @Override
  public final void registerOutParameter(int p0, SQLType p1, int p2) throws SQLException {
    run(() -> target().registerOutParameter(p0, p1, p2));
  }

  @Override
  public final void registerOutParameter(int p0, SQLType p1, String p2) throws SQLException {
    run(() -> target().registerOutParameter(p0, p1, p2));
  }

  @Override
  public final void registerOutParameter(String p0, SQLType p1) throws SQLException {
    run(() -> target().registerOutParameter(p0, p1));
  }

  @Override
  public final void registerOutParameter(String p0, SQLType p1, int p2) throws SQLException {
    run(() -> target().registerOutParameter(p0, p1, p2));
  }

  @Override
  public final void registerOutParameter(String p0, SQLType p1, String p2) throws SQLException {
    run(() -> target().registerOutParameter(p0, p1, p2));
  }
}
