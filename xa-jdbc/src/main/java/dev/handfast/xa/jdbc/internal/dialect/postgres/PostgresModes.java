package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.TransactionModes;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Sets the modes of a transaction by {@code SET TRANSACTION}. The driver sets those of the session,
 * and refuses that once a transaction has begun.
 */
final class PostgresModes implements TransactionModes {

  static final PostgresModes INSTANCE = new PostgresModes();

  private PostgresModes() {}

  @Override
  public @Nullable String isolation(int level) {
    String name =
        switch (level) {
          case Connection.TRANSACTION_READ_UNCOMMITTED -> "READ UNCOMMITTED";
          case Connection.TRANSACTION_READ_COMMITTED -> "READ COMMITTED";
          case Connection.TRANSACTION_REPEATABLE_READ -> "REPEATABLE READ";
          case Connection.TRANSACTION_SERIALIZABLE -> "SERIALIZABLE";
          default -> null;
        };
    return name == null ? null : "SET TRANSACTION ISOLATION LEVEL " + name;
  }

  @Override
  public String readOnly(boolean only) {
    return "SET TRANSACTION READ " + (only ? "ONLY" : "WRITE");
  }

  @Override
  public String refusal() {
    return "PostgreSQL has no such isolation. To solve this, use one of those of"
        + " java.sql.Connection, but for TRANSACTION_NONE";
  }
}
