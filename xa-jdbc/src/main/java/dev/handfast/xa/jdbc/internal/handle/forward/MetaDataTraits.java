package dev.handfast.xa.jdbc.internal.handle.forward;

import java.sql.DatabaseMetaData;
import java.sql.RowIdLifetime;
import java.sql.SQLException;

/** Passes on the questions how a database is and behaves. */
public abstract class MetaDataTraits extends MetaDataSupport {

  protected MetaDataTraits(DatabaseMetaData target, Origin origin) {
    super(target, origin);
  }

  @Override
  public final boolean allProceduresAreCallable() throws SQLException {
    return call(() -> target().allProceduresAreCallable());
  }

  @Override
  public final boolean allTablesAreSelectable() throws SQLException {
    return call(() -> target().allTablesAreSelectable());
  }

  @Override
  public final String getURL() throws SQLException {
    return call(() -> target().getURL());
  }

  @Override
  public final String getUserName() throws SQLException {
    return call(() -> target().getUserName());
  }

  @Override
  public final boolean isReadOnly() throws SQLException {
    return call(() -> target().isReadOnly());
  }

  @Override
  public final boolean nullsAreSortedHigh() throws SQLException {
    return call(() -> target().nullsAreSortedHigh());
  }

  @Override
  public final boolean nullsAreSortedLow() throws SQLException {
    return call(() -> target().nullsAreSortedLow());
  }

  @Override
  public final boolean nullsAreSortedAtStart() throws SQLException {
    return call(() -> target().nullsAreSortedAtStart());
  }

  @Override
  public final boolean nullsAreSortedAtEnd() throws SQLException {
    return call(() -> target().nullsAreSortedAtEnd());
  }

  @Override
  public final String getDatabaseProductName() throws SQLException {
    return call(() -> target().getDatabaseProductName());
  }

  @Override
  public final String getDatabaseProductVersion() throws SQLException {
    return call(() -> target().getDatabaseProductVersion());
  }

  @Override
  public final String getDriverName() throws SQLException {
    return call(() -> target().getDriverName());
  }

  @Override
  public final String getDriverVersion() throws SQLException {
    return call(() -> target().getDriverVersion());
  }

  @Override
  public final boolean usesLocalFiles() throws SQLException {
    return call(() -> target().usesLocalFiles());
  }

  @Override
  public final boolean usesLocalFilePerTable() throws SQLException {
    return call(() -> target().usesLocalFilePerTable());
  }

  @Override
  public final boolean storesUpperCaseIdentifiers() throws SQLException {
    return call(() -> target().storesUpperCaseIdentifiers());
  }

  @Override
  public final boolean storesLowerCaseIdentifiers() throws SQLException {
    return call(() -> target().storesLowerCaseIdentifiers());
  }

  @Override
  public final boolean storesMixedCaseIdentifiers() throws SQLException {
    return call(() -> target().storesMixedCaseIdentifiers());
  }

  @Override
  public final boolean storesUpperCaseQuotedIdentifiers() throws SQLException {
    return call(() -> target().storesUpperCaseQuotedIdentifiers());
  }

  @Override
  public final boolean storesLowerCaseQuotedIdentifiers() throws SQLException {
    return call(() -> target().storesLowerCaseQuotedIdentifiers());
  }

  @Override
  public final boolean storesMixedCaseQuotedIdentifiers() throws SQLException {
    return call(() -> target().storesMixedCaseQuotedIdentifiers());
  }

  @Override
  public final String getIdentifierQuoteString() throws SQLException {
    return call(() -> target().getIdentifierQuoteString());
  }

  @Override
  public final String getSQLKeywords() throws SQLException {
    return call(() -> target().getSQLKeywords());
  }

  @Override
  public final String getNumericFunctions() throws SQLException {
    return call(() -> target().getNumericFunctions());
  }

  @Override
  public final String getStringFunctions() throws SQLException {
    return call(() -> target().getStringFunctions());
  }

  @Override
  public final String getSystemFunctions() throws SQLException {
    return call(() -> target().getSystemFunctions());
  }

  @Override
  public final String getTimeDateFunctions() throws SQLException {
    return call(() -> target().getTimeDateFunctions());
  }

  @Override
  public final String getSearchStringEscape() throws SQLException {
    return call(() -> target().getSearchStringEscape());
  }

  @Override
  public final String getExtraNameCharacters() throws SQLException {
    return call(() -> target().getExtraNameCharacters());
  }

  @Override
  public final boolean nullPlusNonNullIsNull() throws SQLException {
    return call(() -> target().nullPlusNonNullIsNull());
  }

  @Override
  public final String getSchemaTerm() throws SQLException {
    return call(() -> target().getSchemaTerm());
  }

  @Override
  public final String getProcedureTerm() throws SQLException {
    return call(() -> target().getProcedureTerm());
  }

  @Override
  public final String getCatalogTerm() throws SQLException {
    return call(() -> target().getCatalogTerm());
  }

  @Override
  public final boolean isCatalogAtStart() throws SQLException {
    return call(() -> target().isCatalogAtStart());
  }

  @Override
  public final String getCatalogSeparator() throws SQLException {
    return call(() -> target().getCatalogSeparator());
  }

  @Override
  public final boolean doesMaxRowSizeIncludeBlobs() throws SQLException {
    return call(() -> target().doesMaxRowSizeIncludeBlobs());
  }

  @Override
  public final boolean dataDefinitionCausesTransactionCommit() throws SQLException {
    return call(() -> target().dataDefinitionCausesTransactionCommit());
  }

  @Override
  public final boolean dataDefinitionIgnoredInTransactions() throws SQLException {
    return call(() -> target().dataDefinitionIgnoredInTransactions());
  }

  @Override
  public final boolean ownUpdatesAreVisible(int type) throws SQLException {
    return call(() -> target().ownUpdatesAreVisible(type));
  }

  @Override
  public final boolean ownDeletesAreVisible(int type) throws SQLException {
    return call(() -> target().ownDeletesAreVisible(type));
  }

  @Override
  public final boolean ownInsertsAreVisible(int type) throws SQLException {
    return call(() -> target().ownInsertsAreVisible(type));
  }

  @Override
  public final boolean othersUpdatesAreVisible(int type) throws SQLException {
    return call(() -> target().othersUpdatesAreVisible(type));
  }

  @Override
  public final boolean othersDeletesAreVisible(int type) throws SQLException {
    return call(() -> target().othersDeletesAreVisible(type));
  }

  @Override
  public final boolean othersInsertsAreVisible(int type) throws SQLException {
    return call(() -> target().othersInsertsAreVisible(type));
  }

  @Override
  public final boolean updatesAreDetected(int type) throws SQLException {
    return call(() -> target().updatesAreDetected(type));
  }

  @Override
  public final boolean deletesAreDetected(int type) throws SQLException {
    return call(() -> target().deletesAreDetected(type));
  }

  @Override
  public final boolean insertsAreDetected(int type) throws SQLException {
    return call(() -> target().insertsAreDetected(type));
  }

  @Override
  public final boolean locatorsUpdateCopy() throws SQLException {
    return call(() -> target().locatorsUpdateCopy());
  }

  @Override
  public final RowIdLifetime getRowIdLifetime() throws SQLException {
    return call(() -> target().getRowIdLifetime());
  }

  @Override
  public final boolean autoCommitFailureClosesAllResultSets() throws SQLException {
    return call(() -> target().autoCommitFailureClosesAllResultSets());
  }

  @Override
  public final boolean generatedKeyAlwaysReturned() throws SQLException {
    return call(() -> target().generatedKeyAlwaysReturned());
  }
}
