package dev.handfast.xa.jdbc.internal.dialect.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Names one transaction of a server: by its number, which no other one ever has, and by its turn
 * among the transactions of its session, which are counted without a gap.
 */
record PostgresTransaction(long number, long turn) {

  /** Is what became of a transaction that is not the present one of its session. */
  enum End {
    COMMITTED,
    /** Rolled back, and so was what its session began afterwards, if that is one transaction. */
    ROLLED_BACK,
    /** Neither, or other transactions have been there since. */
    UNKNOWN
  }

  /** Is the turn of every lock's owner, which {@code pg_locks} shows as session/turn. */
  private static final String TURN =
      "(SELECT split_part(virtualtransaction, '/', 2)::bigint FROM pg_catalog.pg_locks"
          + " WHERE pid = pg_catalog.pg_backend_pid() LIMIT 1)";

  /** Answers the present transaction, which is given a number by that if it has none. */
  static PostgresTransaction present(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.txid_current(), " + TURN)) {
      row.next();
      return new PostgresTransaction(row.getLong(1), row.getLong(2));
    }
  }

  /** Whether it is the present transaction of the session. */
  boolean isPresent(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_catalog.txid_current_if_assigned()")) {
      row.next();
      return row.getLong(1) == number;
    }
  }

  /**
   * Asks what became of it, in the transaction that is the present one or begins by that.
   *
   * @param others how many transactions the session had since, the present one included, of which
   *     it is known that none committed
   */
  End end(Connection connection, int others) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_catalog.txid_status(" + number + "), " + TURN)) {
      row.next();
      String status = String.valueOf(row.getString(1));
      long since = row.getLong(2) - turn;
      if (status.equals("committed")) {
        return End.COMMITTED;
      }
      return status.equals("aborted") && since <= others ? End.ROLLED_BACK : End.UNKNOWN;
    }
  }
}
