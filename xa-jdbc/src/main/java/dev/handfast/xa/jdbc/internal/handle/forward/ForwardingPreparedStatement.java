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
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;

/** Passes on the parameters of a prepared statement, and executes it. */
public abstract class ForwardingPreparedStatement<S extends PreparedStatement>
    extends ExecutingStatement<S> implements PreparedStatement {

  protected ForwardingPreparedStatement(S target, Origin origin, String prepared) {
    super(target, origin, prepared);
  }

  @Override
  public final void setNull(int parameterIndex, int sqlType) throws SQLException {
    run(() -> target().setNull(parameterIndex, sqlType));
  }

  @Override
  public final void setBoolean(int parameterIndex, boolean x) throws SQLException {
    run(() -> target().setBoolean(parameterIndex, x));
  }

  @Override
  public final void setByte(int parameterIndex, byte x) throws SQLException {
    run(() -> target().setByte(parameterIndex, x));
  }

  @Override
  public final void setShort(int parameterIndex, short x) throws SQLException {
    run(() -> target().setShort(parameterIndex, x));
  }

  @Override
  public final void setInt(int parameterIndex, int x) throws SQLException {
    run(() -> target().setInt(parameterIndex, x));
  }

  @Override
  public final void setLong(int parameterIndex, long x) throws SQLException {
    run(() -> target().setLong(parameterIndex, x));
  }

  @Override
  public final void setFloat(int parameterIndex, float x) throws SQLException {
    run(() -> target().setFloat(parameterIndex, x));
  }

  @Override
  public final void setDouble(int parameterIndex, double x) throws SQLException {
    run(() -> target().setDouble(parameterIndex, x));
  }

  @Override
  public final void setBigDecimal(int parameterIndex, BigDecimal x) throws SQLException {
    run(() -> target().setBigDecimal(parameterIndex, x));
  }

  @Override
  public final void setString(int parameterIndex, String x) throws SQLException {
    run(() -> target().setString(parameterIndex, x));
  }

  @Override
  public final void setBytes(int parameterIndex, byte[] x) throws SQLException {
    run(() -> target().setBytes(parameterIndex, x));
  }

  @Override
  public final void setDate(int parameterIndex, Date x) throws SQLException {
    run(() -> target().setDate(parameterIndex, x));
  }

  @Override
  public final void setTime(int parameterIndex, Time x) throws SQLException {
    run(() -> target().setTime(parameterIndex, x));
  }

  @Override
  public final void setTimestamp(int parameterIndex, Timestamp x) throws SQLException {
    run(() -> target().setTimestamp(parameterIndex, x));
  }

  @Override
  public final void setAsciiStream(int parameterIndex, InputStream x, int length)
      throws SQLException {
    work("setAsciiStream", () -> target().setAsciiStream(parameterIndex, x, length));
  }

  @Override
  @SuppressWarnings("deprecation")
  public final void setUnicodeStream(int parameterIndex, InputStream x, int length)
      throws SQLException {
    work("setUnicodeStream", () -> target().setUnicodeStream(parameterIndex, x, length));
  }

  @Override
  public final void setBinaryStream(int parameterIndex, InputStream x, int length)
      throws SQLException {
    work("setBinaryStream", () -> target().setBinaryStream(parameterIndex, x, length));
  }

  @Override
  public final void clearParameters() throws SQLException {
    run(() -> target().clearParameters());
  }

  @Override
  public final void setObject(int parameterIndex, Object x, int targetSqlType) throws SQLException {
    give("setObject", x, () -> target().setObject(parameterIndex, bare(x), targetSqlType));
  }

  @Override
  public final void setObject(int parameterIndex, Object x) throws SQLException {
    give("setObject", x, () -> target().setObject(parameterIndex, bare(x)));
  }

  @Override
  public final void addBatch() throws SQLException {
    run(() -> target().addBatch());
  }

  @Override
  public final void setCharacterStream(int parameterIndex, Reader reader, int length)
      throws SQLException {
    work("setCharacterStream", () -> target().setCharacterStream(parameterIndex, reader, length));
  }

  @Override
  public final void setRef(int parameterIndex, Ref x) throws SQLException {
    run(() -> target().setRef(parameterIndex, bare(x)));
  }

  @Override
  public final void setBlob(int parameterIndex, Blob x) throws SQLException {
    work("setBlob", () -> target().setBlob(parameterIndex, bare(x)));
  }

  @Override
  public final void setClob(int parameterIndex, Clob x) throws SQLException {
    work("setClob", () -> target().setClob(parameterIndex, bare(x)));
  }

  @Override
  public final void setArray(int parameterIndex, Array x) throws SQLException {
    run(() -> target().setArray(parameterIndex, bare(x)));
  }

  @Override
  public final ResultSetMetaData getMetaData() throws SQLException {
    return reach(() -> target().getMetaData());
  }

  @Override
  public final void setDate(int parameterIndex, Date x, Calendar cal) throws SQLException {
    run(() -> target().setDate(parameterIndex, x, cal));
  }

  @Override
  public final void setTime(int parameterIndex, Time x, Calendar cal) throws SQLException {
    run(() -> target().setTime(parameterIndex, x, cal));
  }

  @Override
  public final void setTimestamp(int parameterIndex, Timestamp x, Calendar cal)
      throws SQLException {
    run(() -> target().setTimestamp(parameterIndex, x, cal));
  }

  @Override
  public final void setNull(int parameterIndex, int sqlType, String typeName) throws SQLException {
    run(() -> target().setNull(parameterIndex, sqlType, typeName));
  }

  @Override
  public final void setURL(int parameterIndex, URL x) throws SQLException {
    run(() -> target().setURL(parameterIndex, x));
  }

  @Override
  public final ParameterMetaData getParameterMetaData() throws SQLException {
    return reach(() -> target().getParameterMetaData());
  }

  @Override
  public final void setRowId(int parameterIndex, RowId x) throws SQLException {
    run(() -> target().setRowId(parameterIndex, x));
  }

  @Override
  public final void setNString(int parameterIndex, String value) throws SQLException {
    run(() -> target().setNString(parameterIndex, value));
  }

  @Override
  public final void setNCharacterStream(int parameterIndex, Reader value, long length)
      throws SQLException {
    work("setNCharacterStream", () -> target().setNCharacterStream(parameterIndex, value, length));
  }

  @Override
  public final void setNClob(int parameterIndex, NClob value) throws SQLException {
    work("setNClob", () -> target().setNClob(parameterIndex, bare(value)));
  }

  @Override
  public final void setClob(int parameterIndex, Reader reader, long length) throws SQLException {
    work("setClob", () -> target().setClob(parameterIndex, reader, length));
  }

  @Override
  public final void setBlob(int parameterIndex, InputStream inputStream, long length)
      throws SQLException {
    work("setBlob", () -> target().setBlob(parameterIndex, inputStream, length));
  }

  @Override
  public final void setNClob(int parameterIndex, Reader reader, long length) throws SQLException {
    work("setNClob", () -> target().setNClob(parameterIndex, reader, length));
  }

  @Override
  public final void setSQLXML(int parameterIndex, SQLXML xmlObject) throws SQLException {
    run(() -> target().setSQLXML(parameterIndex, bare(xmlObject)));
  }

  @Override
  public final void setObject(int parameterIndex, Object x, int targetSqlType, int scaleOrLength)
      throws SQLException {
    give(
        "setObject",
        x,
        () -> target().setObject(parameterIndex, bare(x), targetSqlType, scaleOrLength));
  }

  @Override
  public final void setAsciiStream(int parameterIndex, InputStream x, long length)
      throws SQLException {
    work("setAsciiStream", () -> target().setAsciiStream(parameterIndex, x, length));
  }

  @Override
  public final void setBinaryStream(int parameterIndex, InputStream x, long length)
      throws SQLException {
    work("setBinaryStream", () -> target().setBinaryStream(parameterIndex, x, length));
  }

  @Override
  public final void setCharacterStream(int parameterIndex, Reader reader, long length)
      throws SQLException {
    work("setCharacterStream", () -> target().setCharacterStream(parameterIndex, reader, length));
  }

  @Override
  public final void setAsciiStream(int parameterIndex, InputStream x) throws SQLException {
    work("setAsciiStream", () -> target().setAsciiStream(parameterIndex, x));
  }

  @Override
  public final void setBinaryStream(int parameterIndex, InputStream x) throws SQLException {
    work("setBinaryStream", () -> target().setBinaryStream(parameterIndex, x));
  }

  @Override
  public final void setCharacterStream(int parameterIndex, Reader reader) throws SQLException {
    work("setCharacterStream", () -> target().setCharacterStream(parameterIndex, reader));
  }

  @Override
  public final void setNCharacterStream(int parameterIndex, Reader value) throws SQLException {
    work("setNCharacterStream", () -> target().setNCharacterStream(parameterIndex, value));
  }

  @Override
  public final void setClob(int parameterIndex, Reader reader) throws SQLException {
    work("setClob", () -> target().setClob(parameterIndex, reader));
  }

  @Override
  public final void setBlob(int parameterIndex, InputStream inputStream) throws SQLException {
    work("setBlob", () -> target().setBlob(parameterIndex, inputStream));
  }

  @Override
  public final void setNClob(int parameterIndex, Reader reader) throws SQLException {
    work("setNClob", () -> target().setNClob(parameterIndex, reader));
  }

  @Override
  public final void setObject(
      int parameterIndex, Object x, SQLType targetSqlType, int scaleOrLength) throws SQLException {
    give(
        "setObject",
        x,
        () -> target().setObject(parameterIndex, bare(x), targetSqlType, scaleOrLength));
  }

  @Override
  public final void setObject(int parameterIndex, Object x, SQLType targetSqlType)
      throws SQLException {
    give("setObject", x, () -> target().setObject(parameterIndex, bare(x), targetSqlType));
  }

  @Override
  public final ResultSet executeQuery() throws SQLException {
    return reached(execute(() -> target().executeQuery()));
  }

  @Override
  public final int executeUpdate() throws SQLException {
    return execute(() -> target().executeUpdate());
  }

  @Override
  public final boolean execute() throws SQLException {
    return execute(() -> target().execute());
  }

  @Override
  public final long executeLargeUpdate() throws SQLException {
    return execute(() -> target().executeLargeUpdate());
  }
}
