package dev.handfast.xa.jdbc.internal.handle.forward;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** Passes on the questions how much a database takes, and which version it has. */
public abstract class MetaDataLimits extends MetaDataTraits {

  protected MetaDataLimits(DatabaseMetaData target, Origin origin) {
    super(target, origin);
  }

  @Override
  public final int getDriverMajorVersion() {
    return target().getDriverMajorVersion();
  }

  @Override
  public final int getDriverMinorVersion() {
    return target().getDriverMinorVersion();
  }

  @Override
  public final int getMaxBinaryLiteralLength() throws SQLException {
    return call(() -> target().getMaxBinaryLiteralLength());
  }

  @Override
  public final int getMaxCharLiteralLength() throws SQLException {
    return call(() -> target().getMaxCharLiteralLength());
  }

  @Override
  public final int getMaxColumnNameLength() throws SQLException {
    return call(() -> target().getMaxColumnNameLength());
  }

  @Override
  public final int getMaxColumnsInGroupBy() throws SQLException {
    return call(() -> target().getMaxColumnsInGroupBy());
  }

  @Override
  public final int getMaxColumnsInIndex() throws SQLException {
    return call(() -> target().getMaxColumnsInIndex());
  }

  @Override
  public final int getMaxColumnsInOrderBy() throws SQLException {
    return call(() -> target().getMaxColumnsInOrderBy());
  }

  @Override
  public final int getMaxColumnsInSelect() throws SQLException {
    return call(() -> target().getMaxColumnsInSelect());
  }

  @Override
  public final int getMaxColumnsInTable() throws SQLException {
    return call(() -> target().getMaxColumnsInTable());
  }

  @Override
  public final int getMaxConnections() throws SQLException {
    return call(() -> target().getMaxConnections());
  }

  @Override
  public final int getMaxCursorNameLength() throws SQLException {
    return call(() -> target().getMaxCursorNameLength());
  }

  @Override
  public final int getMaxIndexLength() throws SQLException {
    return call(() -> target().getMaxIndexLength());
  }

  @Override
  public final int getMaxSchemaNameLength() throws SQLException {
    return call(() -> target().getMaxSchemaNameLength());
  }

  @Override
  public final int getMaxProcedureNameLength() throws SQLException {
    return call(() -> target().getMaxProcedureNameLength());
  }

  @Override
  public final int getMaxCatalogNameLength() throws SQLException {
    return call(() -> target().getMaxCatalogNameLength());
  }

  @Override
  public final int getMaxRowSize() throws SQLException {
    return call(() -> target().getMaxRowSize());
  }

  @Override
  public final int getMaxStatementLength() throws SQLException {
    return call(() -> target().getMaxStatementLength());
  }

  @Override
  public final int getMaxStatements() throws SQLException {
    return call(() -> target().getMaxStatements());
  }

  @Override
  public final int getMaxTableNameLength() throws SQLException {
    return call(() -> target().getMaxTableNameLength());
  }

  @Override
  public final int getMaxTablesInSelect() throws SQLException {
    return call(() -> target().getMaxTablesInSelect());
  }

  @Override
  public final int getMaxUserNameLength() throws SQLException {
    return call(() -> target().getMaxUserNameLength());
  }

  @Override
  public final int getDefaultTransactionIsolation() throws SQLException {
    return call(() -> target().getDefaultTransactionIsolation());
  }

  @Override
  public final int getResultSetHoldability() throws SQLException {
    return call(() -> target().getResultSetHoldability());
  }

  @Override
  public final int getDatabaseMajorVersion() throws SQLException {
    return call(() -> target().getDatabaseMajorVersion());
  }

  @Override
  public final int getDatabaseMinorVersion() throws SQLException {
    return call(() -> target().getDatabaseMinorVersion());
  }

  @Override
  public final int getJDBCMajorVersion() throws SQLException {
    return call(() -> target().getJDBCMajorVersion());
  }

  @Override
  public final int getJDBCMinorVersion() throws SQLException {
    return call(() -> target().getJDBCMinorVersion());
  }

  @Override
  public final int getSQLStateType() throws SQLException {
    return call(() -> target().getSQLStateType());
  }

  @Override
  public final long getMaxLogicalLobSize() throws SQLException {
    return call(() -> target().getMaxLogicalLobSize());
  }
}
