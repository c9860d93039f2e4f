package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.SqlRecoveryView;
import dev.handfast.xa.jdbc.internal.dialect.SqlStates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Lists and finishes the branches of other sessions by SQL. The driver's own list leaves out what
 * the user has no role for, without a word; this one holds every branch of the database, so that
 * what may not be finished is an error and never an absence. NOTA is answered only for a branch
 * that the list does not hold.
 *
 * <p>A branch may be finished by its owner and by superusers. A user who may take the owner's role
 * takes it, and keeps it until another is needed.
 */
final class PostgresRecoveryView extends SqlRecoveryView {

  private static final String LIST =
      "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()";

  PostgresRecoveryView(XAResource driver, Connection connection) {
    super(driver, connection, PostgresXid.NAMING);
  }

  @Override
  protected String listQuery() {
    return LIST;
  }

  /** Answers the statement that ends a prepared branch. */
  static String command(Xid xid, boolean commit) {
    return (commit ? "COMMIT" : "ROLLBACK") + " PREPARED '" + PostgresXid.gid(xid) + "'";
  }

  @Override
  protected void finish(Xid xid, boolean commit) throws XAException {
    String gid = PostgresXid.gid(xid);
    String sql = command(xid, commit);
    try {
      execute(sql);
    } catch (SQLException e) {
      switch (SqlStates.of(e)) {
        case PostgresCodes.INSUFFICIENT_PRIVILEGE -> finishAsOwner(sql, gid, e);
        case PostgresCodes.UNDEFINED_OBJECT -> throw absent(sql, gid, e);
        default -> throw failure(sql, e);
      }
    }
  }

  /**
   * Answers the statement that takes a role.
   *
   * @param role as {@code SHOW role} tells it, {@code none} for the user's own
   */
  static String takeRole(String role) {
    return role.equals("none") ? "SET ROLE NONE" : "SET ROLE \"" + role.replace("\"", "\"\"") + '"';
  }

  private void finishAsOwner(String sql, String gid, SQLException refusal) throws XAException {
    String owner = lookUp("SELECT owner FROM pg_prepared_xacts WHERE gid = ?", gid);
    if (owner == null) {
      throw failure(sql, refusal);
    }
    try {
      execute(takeRole(owner));
      execute(sql);
    } catch (SQLException e) {
      throw PostgresCodes.UNDEFINED_OBJECT.equals(SqlStates.of(e))
          ? absent(sql, gid, e)
          : failure(sql + " (of '" + owner + "')", refusal);
    }
  }

  /** Answers NOTA, unless the list holds the branch all the same. */
  private XAException absent(String sql, String gid, SQLException answer) throws XAException {
    String listed = lookUp("SELECT database FROM pg_prepared_xacts WHERE gid = ?", gid);
    return listed == null
        ? failure(sql, answer)
        : MaskedXaErrors.of(
            XAException.XAER_RMERR,
            sql + ": " + answer.getMessage() + ", and yet it is listed in '" + listed + "'",
            null);
  }

  private @Nullable String lookUp(String sql, String gid) throws XAException {
    try (PreparedStatement statement = connection().prepareStatement(sql)) {
      statement.setString(1, gid);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  @Override
  protected XAException failure(String statement, SQLException cause) {
    return MaskedXaErrors.of(
        PostgresCodes.codeOf(cause), statement + ": " + PostgresCodes.words(cause), cause);
  }
}
