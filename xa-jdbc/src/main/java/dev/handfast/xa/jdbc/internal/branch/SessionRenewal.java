package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.spi.Uninterrupted;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Sees to it that the next owner of a connection finds the session of a new one. What the last one
 * left uncommitted outside a transaction is rolled back. A session that was not touched costs no
 * round trip.
 */
final class SessionRenewal {

  private final String resource;
  private final JdbcXaResource xa;
  private final DriverAccess access;
  private final ConnectionUse use;

  SessionRenewal(String resource, JdbcXaResource xa, ConnectionUse use) {
    this.resource = resource;
    this.xa = xa;
    this.access = xa.access();
    this.use = use;
  }

  /**
   * Makes the session as new if it was touched. What does not end within the bound of the
   * connection is broken off.
   *
   * @return false if the connection must not be lent again
   */
  boolean succeeds() {
    if (!use.touch().isChanged() && !isWorkOpen()) {
      return true;
    }
    if (access.broken() != null) {
      return false;
    }
    var renewal = new FutureTask<>(this::renew);
    if (!Helper.start("renew", renewal::run).ends(access.bound())) {
      xa.breakOff("its session was not as new within " + access.bound().toMillis() + " ms");
      return false;
    }
    try {
      return Uninterrupted.<Boolean, ExecutionException>await(renewal::get);
    } catch (ExecutionException e) {
      JdbcLog.debug(resource, "a session could not be made as new: " + e.getCause());
      return false;
    }
  }

  private boolean isWorkOpen() {
    try {
      return !use.isInTransaction() && access.hasOpenWork();
    } catch (SQLException e) {
      return true;
    }
  }

  private boolean renew() throws SQLException {
    return access.<Boolean, SQLException>forCompletion(
        () -> {
          boolean ended = !isWorkOpen() || access.rollBackOpenWork();
          SessionTouch touch = use.touch();
          return ended && !touch.isHandedOut() && (!touch.isChanged() || access.renew());
        });
  }
}
