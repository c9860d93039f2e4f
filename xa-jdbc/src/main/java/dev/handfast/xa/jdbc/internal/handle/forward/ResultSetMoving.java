package dev.handfast.xa.jdbc.internal.handle.forward;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;

/** Passes on where rows are read, and how. */
public abstract class ResultSetMoving extends Forwarding<ResultSet> implements ResultSet {

  protected ResultSetMoving(ResultSet target, Origin origin) {
    super(target, origin);
  }

  @Override
  public final boolean next() throws SQLException {
    return call(() -> target().next());
  }

  @Override
  public final boolean wasNull() throws SQLException {
    return call(() -> target().wasNull());
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
  public final String getCursorName() throws SQLException {
    return call(() -> target().getCursorName());
  }

  @Override
  public final ResultSetMetaData getMetaData() throws SQLException {
    return reach(() -> target().getMetaData());
  }

  @Override
  public final int findColumn(String columnLabel) throws SQLException {
    return call(() -> target().findColumn(columnLabel));
  }

  @Override
  public final boolean isBeforeFirst() throws SQLException {
    return call(() -> target().isBeforeFirst());
  }

  @Override
  public final boolean isAfterLast() throws SQLException {
    return call(() -> target().isAfterLast());
  }

  @Override
  public final boolean isFirst() throws SQLException {
    return call(() -> target().isFirst());
  }

  @Override
  public final boolean isLast() throws SQLException {
    return call(() -> target().isLast());
  }

  @Override
  public final void beforeFirst() throws SQLException {
    run(() -> target().beforeFirst());
  }

  @Override
  public final void afterLast() throws SQLException {
    run(() -> target().afterLast());
  }

  @Override
  public final boolean first() throws SQLException {
    return call(() -> target().first());
  }

  @Override
  public final boolean last() throws SQLException {
    return call(() -> target().last());
  }

  @Override
  public final int getRow() throws SQLException {
    return call(() -> target().getRow());
  }

  @Override
  public final boolean absolute(int row) throws SQLException {
    return call(() -> target().absolute(row));
  }

  @Override
  public final boolean relative(int rows) throws SQLException {
    return call(() -> target().relative(rows));
  }

  @Override
  public final boolean previous() throws SQLException {
    return call(() -> target().previous());
  }

  @Override
  public final void setFetchDirection(int direction) throws SQLException {
    run(() -> target().setFetchDirection(direction));
  }

  @Override
  public final int getFetchDirection() throws SQLException {
    return call(() -> target().getFetchDirection());
  }

  @Override
  public final void setFetchSize(int rows) throws SQLException {
    run(() -> target().setFetchSize(rows));
  }

  @Override
  public final int getFetchSize() throws SQLException {
    return call(() -> target().getFetchSize());
  }

  @Override
  public final int getType() throws SQLException {
    return call(() -> target().getType());
  }

  @Override
  public final int getConcurrency() throws SQLException {
    return call(() -> target().getConcurrency());
  }

  @Override
  public final boolean rowUpdated() throws SQLException {
    return call(() -> target().rowUpdated());
  }

  @Override
  public final boolean rowInserted() throws SQLException {
    return call(() -> target().rowInserted());
  }

  @Override
  public final boolean rowDeleted() throws SQLException {
    return call(() -> target().rowDeleted());
  }

  @Override
  public final void cancelRowUpdates() throws SQLException {
    run(() -> target().cancelRowUpdates());
  }

  @Override
  public final void moveToInsertRow() throws SQLException {
    run(() -> target().moveToInsertRow());
  }

  @Override
  public final void moveToCurrentRow() throws SQLException {
    run(() -> target().moveToCurrentRow());
  }

  @Override
  public final int getHoldability() throws SQLException {
    return call(() -> target().getHoldability());
  }
}
