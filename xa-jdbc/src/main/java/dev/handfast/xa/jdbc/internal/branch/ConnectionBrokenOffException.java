package dev.handfast.xa.jdbc.internal.branch;

import java.io.Serial;
import java.sql.SQLNonTransientConnectionException;

/** Tells that the pool held a connection that had been broken off, and has dropped it. */
public final class ConnectionBrokenOffException extends SQLNonTransientConnectionException {

  @Serial private static final long serialVersionUID = 1L;

  ConnectionBrokenOffException(String why) {
    super("The connection was broken off: " + why, "08003");
  }
}
