package dev.handfast.xa.jdbc.internal.handle.forward;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/** Passes on what a row is changed to, column by name. */
public abstract class ForwardingResultSet extends ResultSetUpdating {

  protected ForwardingResultSet(ResultSet target, Origin origin) {
    super(target, origin);
  }

  @Override
  public final void updateNull(String columnLabel) throws SQLException {
    run(() -> target().updateNull(columnLabel));
  }

  @Override
  public final void updateBoolean(String columnLabel, boolean x) throws SQLException {
    run(() -> target().updateBoolean(columnLabel, x));
  }

  @Override
  public final void updateByte(String columnLabel, byte x) throws SQLException {
    run(() -> target().updateByte(columnLabel, x));
  }

  @Override
  public final void updateShort(String columnLabel, short x) throws SQLException {
    run(() -> target().updateShort(columnLabel, x));
  }

  @Override
  public final void updateInt(String columnLabel, int x) throws SQLException {
    run(() -> target().updateInt(columnLabel, x));
  }

  @Override
  public final void updateLong(String columnLabel, long x) throws SQLException {
    run(() -> target().updateLong(columnLabel, x));
  }

  @Override
  public final void updateFloat(String columnLabel, float x) throws SQLException {
    run(() -> target().updateFloat(columnLabel, x));
  }

  @Override
  public final void updateDouble(String columnLabel, double x) throws SQLException {
    run(() -> target().updateDouble(columnLabel, x));
  }

  @Override
  public final void updateBigDecimal(String columnLabel, BigDecimal x) throws SQLException {
    run(() -> target().updateBigDecimal(columnLabel, x));
  }

  @Override
  public final void updateString(String columnLabel, String x) throws SQLException {
    run(() -> target().updateString(columnLabel, x));
  }

  @Override
  public final void updateBytes(String columnLabel, byte[] x) throws SQLException {
    run(() -> target().updateBytes(columnLabel, x));
  }

  @Override
  public final void updateDate(String columnLabel, Date x) throws SQLException {
    run(() -> target().updateDate(columnLabel, x));
  }

  @Override
  public final void updateTime(String columnLabel, Time x) throws SQLException {
    run(() -> target().updateTime(columnLabel, x));
  }

  @Override
  public final void updateTimestamp(String columnLabel, Timestamp x) throws SQLException {
    run(() -> target().updateTimestamp(columnLabel, x));
  }

  @Override
  public final void updateAsciiStream(String columnLabel, InputStream x, int length)
      throws SQLException {
    work("updateAsciiStream", () -> target().updateAsciiStream(columnLabel, x, length));
  }

  @Override
  public final void updateBinaryStream(String columnLabel, InputStream x, int length)
      throws SQLException {
    work("updateBinaryStream", () -> target().updateBinaryStream(columnLabel, x, length));
  }

  @Override
  public final void updateCharacterStream(String columnLabel, Reader reader, int length)
      throws SQLException {
    work(
        "updateCharacterStream", () -> target().updateCharacterStream(columnLabel, reader, length));
  }

  @Override
  public final void updateObject(String columnLabel, Object x, int scaleOrLength)
      throws SQLException {
    give("updateObject", x, () -> target().updateObject(columnLabel, bare(x), scaleOrLength));
  }

  @Override
  public final void updateObject(String columnLabel, Object x) throws SQLException {
    give("updateObject", x, () -> target().updateObject(columnLabel, bare(x)));
  }

  @Override
  public final void updateRef(String columnLabel, Ref x) throws SQLException {
    run(() -> target().updateRef(columnLabel, bare(x)));
  }

  @Override
  public final void updateBlob(String columnLabel, Blob x) throws SQLException {
    work("updateBlob", () -> target().updateBlob(columnLabel, bare(x)));
  }

  @Override
  public final void updateClob(String columnLabel, Clob x) throws SQLException {
    work("updateClob", () -> target().updateClob(columnLabel, bare(x)));
  }

  @Override
  public final void updateArray(String columnLabel, Array x) throws SQLException {
    run(() -> target().updateArray(columnLabel, bare(x)));
  }

  @Override
  public final void updateRowId(String columnLabel, RowId x) throws SQLException {
    run(() -> target().updateRowId(columnLabel, x));
  }

  @Override
  public final void updateNString(String columnLabel, String nString) throws SQLException {
    run(() -> target().updateNString(columnLabel, nString));
  }

  @Override
  public final void updateNClob(String columnLabel, NClob nClob) throws SQLException {
    work("updateNClob", () -> target().updateNClob(columnLabel, bare(nClob)));
  }

  @Override
  public final void updateSQLXML(String columnLabel, SQLXML xmlObject) throws SQLException {
    run(() -> target().updateSQLXML(columnLabel, bare(xmlObject)));
  }

  @Override
  public final void updateNCharacterStream(String columnLabel, Reader reader, long length)
      throws SQLException {
    work(
        "updateNCharacterStream",
        () -> target().updateNCharacterStream(columnLabel, reader, length));
  }

  @Override
  public final void updateAsciiStream(String columnLabel, InputStream x, long length)
      throws SQLException {
    work("updateAsciiStream", () -> target().updateAsciiStream(columnLabel, x, length));
  }

  @Override
  public final void updateBinaryStream(String columnLabel, InputStream x, long length)
      throws SQLException {
    work("updateBinaryStream", () -> target().updateBinaryStream(columnLabel, x, length));
  }

  @Override
  public final void updateCharacterStream(String columnLabel, Reader reader, long length)
      throws SQLException {
    work(
        "updateCharacterStream", () -> target().updateCharacterStream(columnLabel, reader, length));
  }

  @Override
  public final void updateBlob(String columnLabel, InputStream inputStream, long length)
      throws SQLException {
    work("updateBlob", () -> target().updateBlob(columnLabel, inputStream, length));
  }

  @Override
  public final void updateClob(String columnLabel, Reader reader, long length) throws SQLException {
    work("updateClob", () -> target().updateClob(columnLabel, reader, length));
  }

  @Override
  public final void updateNClob(String columnLabel, Reader reader, long length)
      throws SQLException {
    work("updateNClob", () -> target().updateNClob(columnLabel, reader, length));
  }

  @Override
  public final void updateNCharacterStream(String columnLabel, Reader reader) throws SQLException {
    work("updateNCharacterStream", () -> target().updateNCharacterStream(columnLabel, reader));
  }

  @Override
  public final void updateAsciiStream(String columnLabel, InputStream x) throws SQLException {
    work("updateAsciiStream", () -> target().updateAsciiStream(columnLabel, x));
  }

  @Override
  public final void updateBinaryStream(String columnLabel, InputStream x) throws SQLException {
    work("updateBinaryStream", () -> target().updateBinaryStream(columnLabel, x));
  }

  @Override
  public final void updateCharacterStream(String columnLabel, Reader reader) throws SQLException {
    work("updateCharacterStream", () -> target().updateCharacterStream(columnLabel, reader));
  }

  @Override
  public final void updateBlob(String columnLabel, InputStream inputStream) throws SQLException {
    work("updateBlob", () -> target().updateBlob(columnLabel, inputStream));
  }

  @Override
  public final void updateClob(String columnLabel, Reader reader) throws SQLException {
    work("updateClob", () -> target().updateClob(columnLabel, reader));
  }

  @Override
  public final void updateNClob(String columnLabel, Reader reader) throws SQLException {
    work("updateNClob", () -> target().updateNClob(columnLabel, reader));
  }

  @Override
  public final void updateObject(
      String columnLabel, Object x, SQLType targetSqlType, int scaleOrLength) throws SQLException {
    give(
        "updateObject",
        x,
        () -> target().updateObject(columnLabel, bare(x), targetSqlType, scaleOrLength));
  }

  @Override
  public final void updateObject(String columnLabel, Object x, SQLType targetSqlType)
      throws SQLException {
    give("updateObject", x, () -> target().updateObject(columnLabel, bare(x), targetSqlType));
  }
}
