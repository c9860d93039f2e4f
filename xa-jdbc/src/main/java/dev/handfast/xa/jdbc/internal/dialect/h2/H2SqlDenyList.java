package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.sql.SqlDenyList;

/** Lists the SQL that would end a branch of H2. Definitions commit what came before them. */
final class H2SqlDenyList {

  static final SqlDenyList LIST =
      SqlDenyList.of(
          "commit",
          "rollback(?!\\s+(?:work\\s+)?to\\b)",
          "begin",
          "prepare\\s+commit",
          "create",
          "alter",
          "drop",
          "truncate",
          "grant",
          "revoke",
          "comment",
          "analyze",
          "shutdown",
          "set\\s+autocommit",
          "set\\s+session\\s+characteristics");

  private H2SqlDenyList() {}
}
