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

/** Passes on what a row is changed to, column by number. */
public abstract class ResultSetUpdating extends ResultSetReading {

  protected ResultSetUpdating(ResultSet target, Origin origin) {
    super(target, origin);
  }

  @Override
  public final void updateNull(int columnIndex) throws SQLException {
    run(() -> target().updateNull(columnIndex));
  }

  @Override
  public final void updateBoolean(int columnIndex, boolean x) throws SQLException {
    run(() -> target().updateBoolean(columnIndex, x));
  }

  @Override
  public final void updateByte(int columnIndex, byte x) throws SQLException {
    run(() -> target().updateByte(columnIndex, x));
  }

  @Override
  public final void updateShort(int columnIndex, short x) throws SQLException {
    run(() -> target().updateShort(columnIndex, x));
  }

  @Override
  public final void updateInt(int columnIndex, int x) throws SQLException {
    run(() -> target().updateInt(columnIndex, x));
  }

  @Override
  public final void updateLong(int columnIndex, long x) throws SQLException {
    run(() -> target().updateLong(columnIndex, x));
  }

  @Override
  public final void updateFloat(int columnIndex, float x) throws SQLException {
    run(() -> target().updateFloat(columnIndex, x));
  }

  @Override
  public final void updateDouble(int columnIndex, double x) throws SQLException {
    run(() -> target().updateDouble(columnIndex, x));
  }

  @Override
  public final void updateBigDecimal(int columnIndex, BigDecimal x) throws SQLException {
    run(() -> target().updateBigDecimal(columnIndex, x));
  }

  @Override
  public final void updateString(int columnIndex, String x) throws SQLException {
    run(() -> target().updateString(columnIndex, x));
  }

  @Override
  public final void updateBytes(int columnIndex, byte[] x) throws SQLException {
    run(() -> target().updateBytes(columnIndex, x));
  }

  @Override
  public final void updateDate(int columnIndex, Date x) throws SQLException {
    run(() -> target().updateDate(columnIndex, x));
  }

  @Override
  public final void updateTime(int columnIndex, Time x) throws SQLException {
    run(() -> target().updateTime(columnIndex, x));
  }

  @Override
  public final void updateTimestamp(int columnIndex, Timestamp x) throws SQLException {
    run(() -> target().updateTimestamp(columnIndex, x));
  }

  @Override
  public final void updateAsciiStream(int columnIndex, InputStream x, int length)
      throws SQLException {
    work("updateAsciiStream", () -> target().updateAsciiStream(columnIndex, x, length));
  }

  @Override
  public final void updateBinaryStream(int columnIndex, InputStream x, int length)
      throws SQLException {
    work("updateBinaryStream", () -> target().updateBinaryStream(columnIndex, x, length));
  }

  @Override
  public final void updateCharacterStream(int columnIndex, Reader x, int length)
      throws SQLException {
    work("updateCharacterStream", () -> target().updateCharacterStream(columnIndex, x, length));
  }

  @Override
  public final void updateObject(int columnIndex, Object x, int scaleOrLength) throws SQLException {
    give("updateObject", x, () -> target().updateObject(columnIndex, bare(x), scaleOrLength));
  }

  @Override
  public final void updateObject(int columnIndex, Object x) throws SQLException {
    give("updateObject", x, () -> target().updateObject(columnIndex, bare(x)));
  }

  @Override
  public final void updateRef(int columnIndex, Ref x) throws SQLException {
    run(() -> target().updateRef(columnIndex, bare(x)));
  }

  @Override
  public final void updateBlob(int columnIndex, Blob x) throws SQLException {
    work("updateBlob", () -> target().updateBlob(columnIndex, bare(x)));
  }

  @Override
  public final void updateClob(int columnIndex, Clob x) throws SQLException {
    work("updateClob", () -> target().updateClob(columnIndex, bare(x)));
  }

  @Override
  public final void updateArray(int columnIndex, Array x) throws SQLException {
    run(() -> target().updateArray(columnIndex, bare(x)));
  }

  @Override
  public final void updateRowId(int columnIndex, RowId x) throws SQLException {
    run(() -> target().updateRowId(columnIndex, x));
  }

  @Override
  public final void updateNString(int columnIndex, String nString) throws SQLException {
    run(() -> target().updateNString(columnIndex, nString));
  }

  @Override
  public final void updateNClob(int columnIndex, NClob nClob) throws SQLException {
    work("updateNClob", () -> target().updateNClob(columnIndex, bare(nClob)));
  }

  @Override
  public final void updateSQLXML(int columnIndex, SQLXML xmlObject) throws SQLException {
    run(() -> target().updateSQLXML(columnIndex, bare(xmlObject)));
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, Reader x, long length)
      throws SQLException {
    work("updateNCharacterStream", () -> target().updateNCharacterStream(columnIndex, x, length));
  }

  @Override
  public final void updateAsciiStream(int columnIndex, InputStream x, long length)
      throws SQLException {
    work("updateAsciiStream", () -> target().updateAsciiStream(columnIndex, x, length));
  }

  @Override
  public final void updateBinaryStream(int columnIndex, InputStream x, long length)
      throws SQLException {
    work("updateBinaryStream", () -> target().updateBinaryStream(columnIndex, x, length));
  }

  @Override
  public final void updateCharacterStream(int columnIndex, Reader x, long length)
      throws SQLException {
    work("updateCharacterStream", () -> target().updateCharacterStream(columnIndex, x, length));
  }

  @Override
  public final void updateBlob(int columnIndex, InputStream inputStream, long length)
      throws SQLException {
    work("updateBlob", () -> target().updateBlob(columnIndex, inputStream, length));
  }

  @Override
  public final void updateClob(int columnIndex, Reader reader, long length) throws SQLException {
    work("updateClob", () -> target().updateClob(columnIndex, reader, length));
  }

  @Override
  public final void updateNClob(int columnIndex, Reader reader, long length) throws SQLException {
    work("updateNClob", () -> target().updateNClob(columnIndex, reader, length));
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, Reader x) throws SQLException {
    work("updateNCharacterStream", () -> target().updateNCharacterStream(columnIndex, x));
  }

  @Override
  public final void updateAsciiStream(int columnIndex, InputStream x) throws SQLException {
    work("updateAsciiStream", () -> target().updateAsciiStream(columnIndex, x));
  }

  @Override
  public final void updateBinaryStream(int columnIndex, InputStream x) throws SQLException {
    work("updateBinaryStream", () -> target().updateBinaryStream(columnIndex, x));
  }

  @Override
  public final void updateCharacterStream(int columnIndex, Reader x) throws SQLException {
    work("updateCharacterStream", () -> target().updateCharacterStream(columnIndex, x));
  }

  @Override
  public final void updateBlob(int columnIndex, InputStream inputStream) throws SQLException {
    work("updateBlob", () -> target().updateBlob(columnIndex, inputStream));
  }

  @Override
  public final void updateClob(int columnIndex, Reader reader) throws SQLException {
    work("updateClob", () -> target().updateClob(columnIndex, reader));
  }

  @Override
  public final void updateNClob(int columnIndex, Reader reader) throws SQLException {
    work("updateNClob", () -> target().updateNClob(columnIndex, reader));
  }

  @Override
  public final void updateObject(
      int columnIndex, Object x, SQLType targetSqlType, int scaleOrLength) throws SQLException {
    give(
        "updateObject",
        x,
        () -> target().updateObject(columnIndex, bare(x), targetSqlType, scaleOrLength));
  }

  @Override
  public final void updateObject(int columnIndex, Object x, SQLType targetSqlType)
      throws SQLException {
    give("updateObject", x, () -> target().updateObject(columnIndex, bare(x), targetSqlType));
  }
}
