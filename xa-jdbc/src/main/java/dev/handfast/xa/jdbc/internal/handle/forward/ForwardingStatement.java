package dev.handfast.xa.jdbc.internal.handle.forward;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/** Passes on what a statement is told and asked, but for what it executes. */
public abstract class ForwardingStatement<S extends Statement> extends Forwarding<S>
    implements Statement {

  protected ForwardingStatement(S target, Origin origin) {
    super(target, origin);
  }

  @Override
  public final int getMaxFieldSize() throws SQLException {
    return call(() -> target().getMaxFieldSize());
  }

  @Override
  public final void setMaxFieldSize(int max) throws SQLException {
    run(() -> target().setMaxFieldSize(max));
  }

  @Override
  public final int getMaxRows() throws SQLException {
    return call(() -> target().getMaxRows());
  }

  @Override
  public final void setMaxRows(int max) throws SQLException {
    run(() -> target().setMaxRows(max));
  }

  @Override
  public final void setEscapeProcessing(boolean enable) throws SQLException {
    run(() -> target().setEscapeProcessing(enable));
  }

  @Override
  public final int getQueryTimeout() throws SQLException {
    return call(() -> target().getQueryTimeout());
  }

  @Override
  public final void setQueryTimeout(int seconds) throws SQLException {
    run(() -> target().setQueryTimeout(seconds));
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
  public final void setCursorName(String name) throws SQLException {
    run(() -> target().setCursorName(name));
  }

  @Override
  public final ResultSet getResultSet() throws SQLException {
    return reach(() -> target().getResultSet());
  }

  @Override
  public final int getUpdateCount() throws SQLException {
    return call(() -> target().getUpdateCount());
  }

  @Override
  public final boolean getMoreResults() throws SQLException {
    return call(() -> target().getMoreResults());
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
  public final int getResultSetConcurrency() throws SQLException {
    return call(() -> target().getResultSetConcurrency());
  }

  @Override
  public final int getResultSetType() throws SQLException {
    return call(() -> target().getResultSetType());
  }

  @Override
  public final void clearBatch() throws SQLException {
    run(() -> target().clearBatch());
  }

  @Override
  public final boolean getMoreResults(int current) throws SQLException {
    return call(() -> target().getMoreResults(current));
  }

  @Override
  public final ResultSet getGeneratedKeys() throws SQLException {
    return reach(() -> target().getGeneratedKeys());
  }

  @Override
  public final int getResultSetHoldability() throws SQLException {
    return call(() -> target().getResultSetHoldability());
  }

  @Override
  public final void setPoolable(boolean poolable) throws SQLException {
    run(() -> target().setPoolable(poolable));
  }

  @Override
  public final boolean isPoolable() throws SQLException {
    return call(() -> target().isPoolable());
  }

  @Override
  public final void closeOnCompletion() throws SQLException {
    run(() -> target().closeOnCompletion());
  }

  @Override
  public final boolean isCloseOnCompletion() throws SQLException {
    return call(() -> target().isCloseOnCompletion());
  }

  @Override
  public final long getLargeUpdateCount() throws SQLException {
    return call(() -> target().getLargeUpdateCount());
  }

  @Override
  public final void setLargeMaxRows(long max) throws SQLException {
    run(() -> target().setLargeMaxRows(max));
  }

  @Override
  public final long getLargeMaxRows() throws SQLException {
    return call(() -> target().getLargeMaxRows());
  }

  @Override
  public final String enquoteLiteral(String p0) throws SQLException {
    return call(() -> target().enquoteLiteral(p0));
  }

  @Override
  public final String enquoteIdentifier(String identifier, boolean alwaysQuote)
      throws SQLException {
    return call(() -> target().enquoteIdentifier(identifier, alwaysQuote));
  }

  @Override
  public final boolean isSimpleIdentifier(String identifier) throws SQLException {
    return call(() -> target().isSimpleIdentifier(identifier));
  }

  @Override
  public final String enquoteNCharLiteral(String p0) throws SQLException {
    return call(() -> target().enquoteNCharLiteral(p0));
  }
}
