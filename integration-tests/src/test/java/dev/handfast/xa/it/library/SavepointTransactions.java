package dev.handfast.xa.it.library;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import org.jooq.Transaction;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.exception.DataAccessException;

/** jOOQ's transactions as nested ones of the global transaction, which somebody else ends. */
record SavepointTransactions(DataSource database) implements TransactionProvider {

  private record Nested(Connection connection, Savepoint savepoint) implements Transaction {}

  private interface Step {
    void run() throws SQLException;
  }

  @Override
  public void begin(TransactionContext context) {
    run(
        () -> {
          Connection connection = database.getConnection();
          context.transaction(new Nested(connection, connection.setSavepoint()));
        });
  }

  @Override
  public void commit(TransactionContext context) {
    Nested nested = (Nested) context.transaction();
    run(
        () -> {
          try (Connection connection = nested.connection()) {
            connection.releaseSavepoint(nested.savepoint());
          }
        });
  }

  @Override
  public void rollback(TransactionContext context) {
    Nested nested = (Nested) context.transaction();
    run(
        () -> {
          try (Connection connection = nested.connection()) {
            connection.rollback(nested.savepoint());
          }
        });
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (SQLException e) {
      throw new DataAccessException("savepoint", e);
    }
  }
}
