package dev.handfast.xa.jdbc.internal.dialect;

import java.sql.SQLException;

/** Says what the SQLSTATEs of the SQL standard mean (ISO/IEC 9075-2, section 24.1). */
public final class SqlStates {

  private SqlStates() {}

  /** Answers the SQLSTATE of a failure, empty if it has none. */
  public static String of(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? "" : state;
  }

  /** Whether the connection could not be made or is gone. */
  public static boolean isConnectionException(SQLException failure) {
    return of(failure).startsWith("08");
  }

  /** Whether the server was reached and refused the connection. */
  public static boolean isConnectionRejected(SQLException failure) {
    return of(failure).equals("08004");
  }

  /** Says why a connection could not be opened. */
  public static Dialect.Refusal refusal(SQLException failure) {
    String state = of(failure);
    if (state.startsWith("28")) {
      return Dialect.Refusal.CREDENTIALS;
    }
    return state.startsWith("3D") ? Dialect.Refusal.UNKNOWN_DATABASE : Dialect.Refusal.UNREACHABLE;
  }
}
