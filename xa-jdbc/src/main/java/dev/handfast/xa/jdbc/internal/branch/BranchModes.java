package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.dialect.TransactionModes;
import dev.handfast.xa.spi.GlobalTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Sets the isolation and the access mode of one branch, for it alone where its database can. After
 * the branch, the session is as it was.
 */
public final class BranchModes {

  private static final String TOO_LATE =
      "the database sets it only before the first statement of a transaction. To solve this, call"
          + " it right after getConnection()";

  private final String resource;
  private final GlobalTransaction transaction;
  private final ConnectionUse use;
  private final TransactionModes modes;
  private @Nullable Boolean readOnly;

  BranchModes(
      String resource, GlobalTransaction transaction, ConnectionUse use, TransactionModes modes) {
    this.resource = resource;
    this.transaction = transaction;
    this.use = use;
    this.modes = modes;
  }

  /** Sets the isolation, which does nothing if it is that already. */
  public void isolation(Connection connection, int level) throws SQLException {
    use.check();
    if (level == use.call(connection::getTransactionIsolation)) {
      return;
    }
    String call = "setTransactionIsolation(" + level + ")";
    String sql = modes.isolation(level);
    if (sql == null) {
      throw WorkRefusals.setting(resource, transaction, call, modes.refusal());
    }
    if (use.hasWorked()) {
      throw WorkRefusals.setting(resource, transaction, call, TOO_LATE);
    }
    run(use, connection, sql);
  }

  /** Sets the access mode, which does nothing if it is that already. */
  public void readOnly(Connection connection, boolean only) throws SQLException {
    if (only == isReadOnly(connection)) {
      return;
    }
    String call = "setReadOnly(" + only + ")";
    String sql = modes.readOnly(only);
    if (sql == null) {
      throw WorkRefusals.setting(resource, transaction, call, modes.refusal());
    }
    if (!only && use.hasWorked()) {
      throw WorkRefusals.setting(resource, transaction, call, TOO_LATE);
    }
    if (!sql.isEmpty()) {
      run(use, connection, sql);
      readOnly = only;
    }
  }

  /** Answers the access mode, as it was set for the branch or as the connection has it. */
  public boolean isReadOnly(Connection connection) throws SQLException {
    use.check();
    boolean before = use.call(connection::isReadOnly);
    Boolean set = readOnly;
    return set == null ? before : set;
  }

  /** Runs SQL of ours in the branch of a use. */
  static void run(ConnectionUse use, Connection connection, String sql) throws SQLException {
    use.call(
        () -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          }
        });
  }
}
