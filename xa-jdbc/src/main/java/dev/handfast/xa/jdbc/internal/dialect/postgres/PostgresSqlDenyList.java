package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.sql.SqlDenyList;

/**
 * Lists the SQL that would end a branch of PostgreSQL. Definitions are part of the branch there,
 * and {@code BEGIN} inside a transaction is but a warning.
 */
final class PostgresSqlDenyList {

  static final SqlDenyList LIST =
      SqlDenyList.afterEmptyStatements(
          "commit",
          "end",
          "abort",
          "rollback(?!\\s+(?:work\\s+|transaction\\s+)?to\\b)",
          "prepare\\s+transaction");

  private PostgresSqlDenyList() {}
}
