package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.ForwardingXaResource;
import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XidKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Branches of other sessions, seen and finished by SQL. The driver's own list leaves out what the
 * user has no role for, without a word; this one holds every branch of the database, so that what
 * may not be finished is an error and never an absence. NOTA is answered only for a branch that the
 * list does not hold.
 *
 * <p>A branch may be finished by its owner and by superusers. A user who may take the owner's role
 * takes it, and keeps it until another is needed.
 */
final class PostgresRecoveryView extends ForwardingXaResource {

  private static final String LIST =
      "SELECT gid FROM pg_prepared_xacts WHERE database = current_database()";

  private final XAResource driver;
  private final Connection connection;
  private @Nullable Xid own;

  PostgresRecoveryView(XAResource driver, Connection connection) {
    this.driver = driver;
    this.connection = connection;
  }

  @Override
  public Xid[] recover(int flags) throws XAException {
    if ((flags & TMSTARTRSCAN) == 0) {
      return new Xid[0];
    }
    var found = new ArrayList<Xid>();
    try (Statement statement = connection.createStatement();
        ResultSet gids = statement.executeQuery(LIST)) {
      while (gids.next()) {
        PostgresXid.parse(gids.getString(1)).ifPresent(found::add);
      }
    } catch (SQLException e) {
      throw failure("recover", e);
    }
    return found.toArray(Xid[]::new);
  }

  @Override
  public void commit(Xid xid, boolean onePhase) throws XAException {
    if (isOwn(xid) || onePhase) {
      driver.commit(xid, onePhase);
      own = null;
    } else {
      finish("COMMIT PREPARED", xid);
    }
  }

  @Override
  public void rollback(Xid xid) throws XAException {
    if (isOwn(xid)) {
      driver.rollback(xid);
      own = null;
    } else {
      finish("ROLLBACK PREPARED", xid);
    }
  }

  private void finish(String command, Xid xid) throws XAException {
    String gid = PostgresXid.gid(xid);
    String sql = command + " '" + gid + "'";
    try {
      execute(sql);
    } catch (SQLException e) {
      switch (PostgresCodes.stateOf(e)) {
        case PostgresCodes.INSUFFICIENT_PRIVILEGE -> finishAsOwner(sql, gid, e);
        case PostgresCodes.UNDEFINED_OBJECT -> throw absent(sql, gid, e);
        default -> throw failure(sql, e);
      }
    }
  }

  private void finishAsOwner(String sql, String gid, SQLException refusal) throws XAException {
    String owner = ask("SELECT owner FROM pg_prepared_xacts WHERE gid = ?", gid);
    if (owner == null) {
      throw failure(sql, refusal);
    }
    try {
      execute("SET ROLE \"" + owner.replace("\"", "\"\"") + '"');
      execute(sql);
    } catch (SQLException e) {
      throw PostgresCodes.UNDEFINED_OBJECT.equals(PostgresCodes.stateOf(e))
          ? absent(sql, gid, e)
          : failure(sql + " (of '" + owner + "')", refusal);
    }
  }

  /** NOTA, unless the list holds the branch all the same. */
  private XAException absent(String sql, String gid, SQLException answer) throws XAException {
    String listed = ask("SELECT database FROM pg_prepared_xacts WHERE gid = ?", gid);
    return listed == null
        ? failure(sql, answer)
        : MaskedXaErrors.of(
            XAException.XAER_RMERR,
            sql + ": " + answer.getMessage() + ", and yet it is listed in '" + listed + "'",
            null);
  }

  private @Nullable String ask(String sql, String gid) throws XAException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, gid);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static XAException failure(String what, SQLException cause) {
    return MaskedXaErrors.of(PostgresCodes.codeOf(cause), what + ": " + cause.getMessage(), cause);
  }

  private boolean isOwn(Xid xid) {
    return own != null && XidKey.of(own).equals(XidKey.of(xid));
  }

  @Override
  public void start(Xid xid, int flags) throws XAException {
    driver.start(xid, flags);
    own = xid;
  }

  @Override
  protected <T> T ask(XaCall.Question<T> call) throws XAException {
    return call.ask(driver);
  }
}
