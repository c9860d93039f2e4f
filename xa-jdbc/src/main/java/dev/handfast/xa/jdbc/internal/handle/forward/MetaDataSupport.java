package dev.handfast.xa.jdbc.internal.handle.forward;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** Passes on the questions what a database supports. */
public abstract class MetaDataSupport extends Forwarding<DatabaseMetaData>
    implements DatabaseMetaData {

  protected MetaDataSupport(DatabaseMetaData target, Origin origin) {
    super(target, origin);
  }

  @Override
  public final boolean supportsMixedCaseIdentifiers() throws SQLException {
    return call(() -> target().supportsMixedCaseIdentifiers());
  }

  @Override
  public final boolean supportsMixedCaseQuotedIdentifiers() throws SQLException {
    return call(() -> target().supportsMixedCaseQuotedIdentifiers());
  }

  @Override
  public final boolean supportsAlterTableWithAddColumn() throws SQLException {
    return call(() -> target().supportsAlterTableWithAddColumn());
  }

  @Override
  public final boolean supportsAlterTableWithDropColumn() throws SQLException {
    return call(() -> target().supportsAlterTableWithDropColumn());
  }

  @Override
  public final boolean supportsColumnAliasing() throws SQLException {
    return call(() -> target().supportsColumnAliasing());
  }

  @Override
  public final boolean supportsConvert() throws SQLException {
    return call(() -> target().supportsConvert());
  }

  @Override
  public final boolean supportsConvert(int fromType, int toType) throws SQLException {
    return call(() -> target().supportsConvert(fromType, toType));
  }

  @Override
  public final boolean supportsTableCorrelationNames() throws SQLException {
    return call(() -> target().supportsTableCorrelationNames());
  }

  @Override
  public final boolean supportsDifferentTableCorrelationNames() throws SQLException {
    return call(() -> target().supportsDifferentTableCorrelationNames());
  }

  @Override
  public final boolean supportsExpressionsInOrderBy() throws SQLException {
    return call(() -> target().supportsExpressionsInOrderBy());
  }

  @Override
  public final boolean supportsOrderByUnrelated() throws SQLException {
    return call(() -> target().supportsOrderByUnrelated());
  }

  @Override
  public final boolean supportsGroupBy() throws SQLException {
    return call(() -> target().supportsGroupBy());
  }

  @Override
  public final boolean supportsGroupByUnrelated() throws SQLException {
    return call(() -> target().supportsGroupByUnrelated());
  }

  @Override
  public final boolean supportsGroupByBeyondSelect() throws SQLException {
    return call(() -> target().supportsGroupByBeyondSelect());
  }

  @Override
  public final boolean supportsLikeEscapeClause() throws SQLException {
    return call(() -> target().supportsLikeEscapeClause());
  }

  @Override
  public final boolean supportsMultipleResultSets() throws SQLException {
    return call(() -> target().supportsMultipleResultSets());
  }

  @Override
  public final boolean supportsMultipleTransactions() throws SQLException {
    return call(() -> target().supportsMultipleTransactions());
  }

  @Override
  public final boolean supportsNonNullableColumns() throws SQLException {
    return call(() -> target().supportsNonNullableColumns());
  }

  @Override
  public final boolean supportsMinimumSQLGrammar() throws SQLException {
    return call(() -> target().supportsMinimumSQLGrammar());
  }

  @Override
  public final boolean supportsCoreSQLGrammar() throws SQLException {
    return call(() -> target().supportsCoreSQLGrammar());
  }

  @Override
  public final boolean supportsExtendedSQLGrammar() throws SQLException {
    return call(() -> target().supportsExtendedSQLGrammar());
  }

  @Override
  public final boolean supportsANSI92EntryLevelSQL() throws SQLException {
    return call(() -> target().supportsANSI92EntryLevelSQL());
  }

  @Override
  public final boolean supportsANSI92IntermediateSQL() throws SQLException {
    return call(() -> target().supportsANSI92IntermediateSQL());
  }

  @Override
  public final boolean supportsANSI92FullSQL() throws SQLException {
    return call(() -> target().supportsANSI92FullSQL());
  }

  @Override
  public final boolean supportsIntegrityEnhancementFacility() throws SQLException {
    return call(() -> target().supportsIntegrityEnhancementFacility());
  }

  @Override
  public final boolean supportsOuterJoins() throws SQLException {
    return call(() -> target().supportsOuterJoins());
  }

  @Override
  public final boolean supportsFullOuterJoins() throws SQLException {
    return call(() -> target().supportsFullOuterJoins());
  }

  @Override
  public final boolean supportsLimitedOuterJoins() throws SQLException {
    return call(() -> target().supportsLimitedOuterJoins());
  }

  @Override
  public final boolean supportsSchemasInDataManipulation() throws SQLException {
    return call(() -> target().supportsSchemasInDataManipulation());
  }

  @Override
  public final boolean supportsSchemasInProcedureCalls() throws SQLException {
    return call(() -> target().supportsSchemasInProcedureCalls());
  }

  @Override
  public final boolean supportsSchemasInTableDefinitions() throws SQLException {
    return call(() -> target().supportsSchemasInTableDefinitions());
  }

  @Override
  public final boolean supportsSchemasInIndexDefinitions() throws SQLException {
    return call(() -> target().supportsSchemasInIndexDefinitions());
  }

  @Override
  public final boolean supportsSchemasInPrivilegeDefinitions() throws SQLException {
    return call(() -> target().supportsSchemasInPrivilegeDefinitions());
  }

  @Override
  public final boolean supportsCatalogsInDataManipulation() throws SQLException {
    return call(() -> target().supportsCatalogsInDataManipulation());
  }

  @Override
  public final boolean supportsCatalogsInProcedureCalls() throws SQLException {
    return call(() -> target().supportsCatalogsInProcedureCalls());
  }

  @Override
  public final boolean supportsCatalogsInTableDefinitions() throws SQLException {
    return call(() -> target().supportsCatalogsInTableDefinitions());
  }

  @Override
  public final boolean supportsCatalogsInIndexDefinitions() throws SQLException {
    return call(() -> target().supportsCatalogsInIndexDefinitions());
  }

  @Override
  public final boolean supportsCatalogsInPrivilegeDefinitions() throws SQLException {
    return call(() -> target().supportsCatalogsInPrivilegeDefinitions());
  }

  @Override
  public final boolean supportsPositionedDelete() throws SQLException {
    return call(() -> target().supportsPositionedDelete());
  }

  @Override
  public final boolean supportsPositionedUpdate() throws SQLException {
    return call(() -> target().supportsPositionedUpdate());
  }

  @Override
  public final boolean supportsSelectForUpdate() throws SQLException {
    return call(() -> target().supportsSelectForUpdate());
  }

  @Override
  public final boolean supportsStoredProcedures() throws SQLException {
    return call(() -> target().supportsStoredProcedures());
  }

  @Override
  public final boolean supportsSubqueriesInComparisons() throws SQLException {
    return call(() -> target().supportsSubqueriesInComparisons());
  }

  @Override
  public final boolean supportsSubqueriesInExists() throws SQLException {
    return call(() -> target().supportsSubqueriesInExists());
  }

  @Override
  public final boolean supportsSubqueriesInIns() throws SQLException {
    return call(() -> target().supportsSubqueriesInIns());
  }

  @Override
  public final boolean supportsSubqueriesInQuantifieds() throws SQLException {
    return call(() -> target().supportsSubqueriesInQuantifieds());
  }

  @Override
  public final boolean supportsCorrelatedSubqueries() throws SQLException {
    return call(() -> target().supportsCorrelatedSubqueries());
  }

  @Override
  public final boolean supportsUnion() throws SQLException {
    return call(() -> target().supportsUnion());
  }

  @Override
  public final boolean supportsUnionAll() throws SQLException {
    return call(() -> target().supportsUnionAll());
  }

  @Override
  public final boolean supportsOpenCursorsAcrossCommit() throws SQLException {
    return call(() -> target().supportsOpenCursorsAcrossCommit());
  }

  @Override
  public final boolean supportsOpenCursorsAcrossRollback() throws SQLException {
    return call(() -> target().supportsOpenCursorsAcrossRollback());
  }

  @Override
  public final boolean supportsOpenStatementsAcrossCommit() throws SQLException {
    return call(() -> target().supportsOpenStatementsAcrossCommit());
  }

  @Override
  public final boolean supportsOpenStatementsAcrossRollback() throws SQLException {
    return call(() -> target().supportsOpenStatementsAcrossRollback());
  }

  @Override
  public final boolean supportsTransactions() throws SQLException {
    return call(() -> target().supportsTransactions());
  }

  @Override
  public final boolean supportsTransactionIsolationLevel(int level) throws SQLException {
    return call(() -> target().supportsTransactionIsolationLevel(level));
  }

  @Override
  public final boolean supportsDataDefinitionAndDataManipulationTransactions() throws SQLException {
    return call(() -> target().supportsDataDefinitionAndDataManipulationTransactions());
  }

  @Override
  public final boolean supportsDataManipulationTransactionsOnly() throws SQLException {
    return call(() -> target().supportsDataManipulationTransactionsOnly());
  }

  @Override
  public final boolean supportsResultSetType(int type) throws SQLException {
    return call(() -> target().supportsResultSetType(type));
  }

  @Override
  public final boolean supportsResultSetConcurrency(int type, int concurrency) throws SQLException {
    return call(() -> target().supportsResultSetConcurrency(type, concurrency));
  }

  @Override
  public final boolean supportsBatchUpdates() throws SQLException {
    return call(() -> target().supportsBatchUpdates());
  }

  @Override
  public final boolean supportsSavepoints() throws SQLException {
    return call(() -> target().supportsSavepoints());
  }

  @Override
  public final boolean supportsNamedParameters() throws SQLException {
    return call(() -> target().supportsNamedParameters());
  }

  @Override
  public final boolean supportsMultipleOpenResults() throws SQLException {
    return call(() -> target().supportsMultipleOpenResults());
  }

  @Override
  public final boolean supportsGetGeneratedKeys() throws SQLException {
    return call(() -> target().supportsGetGeneratedKeys());
  }

  @Override
  public final boolean supportsResultSetHoldability(int holdability) throws SQLException {
    return call(() -> target().supportsResultSetHoldability(holdability));
  }

  @Override
  public final boolean supportsStatementPooling() throws SQLException {
    return call(() -> target().supportsStatementPooling());
  }

  @Override
  public final boolean supportsStoredFunctionsUsingCallSyntax() throws SQLException {
    return call(() -> target().supportsStoredFunctionsUsingCallSyntax());
  }

  @Override
  public final boolean supportsRefCursors() throws SQLException {
    return call(() -> target().supportsRefCursors());
  }

  @Override
  public final boolean supportsSharding() throws SQLException {
    return call(() -> target().supportsSharding());
  }
}
