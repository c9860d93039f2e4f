package dev.handfast.xa.jdbc.internal.handle.forward;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Passes on the questions that a database answers with rows. */
public abstract class ForwardingMetaData extends MetaDataLimits {

  protected ForwardingMetaData(DatabaseMetaData target, Origin origin) {
    super(target, origin);
  }

  @Override
  public final ResultSet getProcedures(
      String catalog, String schemaPattern, String procedureNamePattern) throws SQLException {
    return query(
        "getProcedures",
        () -> target().getProcedures(catalog, schemaPattern, procedureNamePattern));
  }

  @Override
  public final ResultSet getProcedureColumns(
      String catalog, String schemaPattern, String procedureNamePattern, String columnNamePattern)
      throws SQLException {
    return query(
        "getProcedureColumns",
        () ->
            target()
                .getProcedureColumns(
                    catalog, schemaPattern, procedureNamePattern, columnNamePattern));
  }

  @Override
  public final ResultSet getTables(
      String catalog, String schemaPattern, String tableNamePattern, String[] types)
      throws SQLException {
    return query(
        "getTables", () -> target().getTables(catalog, schemaPattern, tableNamePattern, types));
  }

  @Override
  public final ResultSet getSchemas() throws SQLException {
    return query("getSchemas", () -> target().getSchemas());
  }

  @Override
  public final ResultSet getCatalogs() throws SQLException {
    return query("getCatalogs", () -> target().getCatalogs());
  }

  @Override
  public final ResultSet getTableTypes() throws SQLException {
    return query("getTableTypes", () -> target().getTableTypes());
  }

  @Override
  public final ResultSet getColumns(
      String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern)
      throws SQLException {
    return query(
        "getColumns",
        () -> target().getColumns(catalog, schemaPattern, tableNamePattern, columnNamePattern));
  }

  @Override
  public final ResultSet getColumnPrivileges(
      String catalog, String schema, String table, String columnNamePattern) throws SQLException {
    return query(
        "getColumnPrivileges",
        () -> target().getColumnPrivileges(catalog, schema, table, columnNamePattern));
  }

  @Override
  public final ResultSet getTablePrivileges(
      String catalog, String schemaPattern, String tableNamePattern) throws SQLException {
    return query(
        "getTablePrivileges",
        () -> target().getTablePrivileges(catalog, schemaPattern, tableNamePattern));
  }

  @Override
  public final ResultSet getBestRowIdentifier(
      String catalog, String schema, String table, int scope, boolean nullable)
      throws SQLException {
    return query(
        "getBestRowIdentifier",
        () -> target().getBestRowIdentifier(catalog, schema, table, scope, nullable));
  }

  @Override
  public final ResultSet getVersionColumns(String catalog, String schema, String table)
      throws SQLException {
    return query("getVersionColumns", () -> target().getVersionColumns(catalog, schema, table));
  }

  @Override
  public final ResultSet getPrimaryKeys(String catalog, String schema, String table)
      throws SQLException {
    return query("getPrimaryKeys", () -> target().getPrimaryKeys(catalog, schema, table));
  }

  @Override
  public final ResultSet getImportedKeys(String catalog, String schema, String table)
      throws SQLException {
    return query("getImportedKeys", () -> target().getImportedKeys(catalog, schema, table));
  }

  @Override
  public final ResultSet getExportedKeys(String catalog, String schema, String table)
      throws SQLException {
    return query("getExportedKeys", () -> target().getExportedKeys(catalog, schema, table));
  }

  @Override
  public final ResultSet getCrossReference(
      String primaryCatalog,
      String primarySchema,
      String primaryTable,
      String foreignCatalog,
      String foreignSchema,
      String foreignTable)
      throws SQLException {
    return query(
        "getCrossReference",
        () ->
            target()
                .getCrossReference(
                    primaryCatalog,
                    primarySchema,
                    primaryTable,
                    foreignCatalog,
                    foreignSchema,
                    foreignTable));
  }

  @Override
  public final ResultSet getTypeInfo() throws SQLException {
    return query("getTypeInfo", () -> target().getTypeInfo());
  }

  @Override
  public final ResultSet getIndexInfo(
      String catalog, String schema, String table, boolean unique, boolean approximate)
      throws SQLException {
    return query(
        "getIndexInfo", () -> target().getIndexInfo(catalog, schema, table, unique, approximate));
  }

  @Override
  public final ResultSet getUDTs(
      String catalog, String schemaPattern, String typeNamePattern, int[] types)
      throws SQLException {
    return query("getUDTs", () -> target().getUDTs(catalog, schemaPattern, typeNamePattern, types));
  }

  @Override
  public final ResultSet getSuperTypes(String catalog, String schemaPattern, String typeNamePattern)
      throws SQLException {
    return query(
        "getSuperTypes", () -> target().getSuperTypes(catalog, schemaPattern, typeNamePattern));
  }

  @Override
  public final ResultSet getSuperTables(
      String catalog, String schemaPattern, String tableNamePattern) throws SQLException {
    return query(
        "getSuperTables", () -> target().getSuperTables(catalog, schemaPattern, tableNamePattern));
  }

  @Override
  public final ResultSet getAttributes(
      String catalog, String schemaPattern, String typeNamePattern, String attributeNamePattern)
      throws SQLException {
    return query(
        "getAttributes",
        () ->
            target().getAttributes(catalog, schemaPattern, typeNamePattern, attributeNamePattern));
  }

  @Override
  public final ResultSet getSchemas(String catalogPattern, String schemaPattern)
      throws SQLException {
    return query("getSchemas", () -> target().getSchemas(catalogPattern, schemaPattern));
  }

  @Override
  public final ResultSet getClientInfoProperties() throws SQLException {
    return query("getClientInfoProperties", () -> target().getClientInfoProperties());
  }

  @Override
  public final ResultSet getFunctions(
      String catalog, String schemaPattern, String functionNamePattern) throws SQLException {
    return query(
        "getFunctions", () -> target().getFunctions(catalog, schemaPattern, functionNamePattern));
  }

  @Override
  public final ResultSet getFunctionColumns(
      String catalog, String schemaPattern, String functionNamePattern, String columnNamePattern)
      throws SQLException {
    return query(
        "getFunctionColumns",
        () ->
            target()
                .getFunctionColumns(
                    catalog, schemaPattern, functionNamePattern, columnNamePattern));
  }

  @Override
  public final ResultSet getPseudoColumns(
      String catalog, String schemaPattern, String tableNamePattern, String columnNamePattern)
      throws SQLException {
    return query(
        "getPseudoColumns",
        () ->
            target().getPseudoColumns(catalog, schemaPattern, tableNamePattern, columnNamePattern));
  }
}
