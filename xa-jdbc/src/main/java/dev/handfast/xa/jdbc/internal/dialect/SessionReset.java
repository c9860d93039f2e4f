package dev.handfast.xa.jdbc.internal.dialect;

import java.sql.SQLException;

/**
 * Makes a session as it was when its connection was opened, whatever the application has set in it.
 */
@FunctionalInterface
public interface SessionReset {

  /** Cannot: the connection is not lent again. */
  SessionReset NONE = () -> false;

  /**
   * Makes the session as new. It is called while nobody uses the connection and no branch is on it.
   *
   * @return false if that cannot be done
   * @throws SQLException if it failed; what the session is then is not known
   */
  boolean renew() throws SQLException;
}
