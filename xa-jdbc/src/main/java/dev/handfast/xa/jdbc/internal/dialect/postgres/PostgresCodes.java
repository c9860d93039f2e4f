package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.SqlStates;
import dev.handfast.xa.spi.XaErrors;
import java.sql.SQLException;
import java.util.Set;
import javax.transaction.xa.XAException;

/** Says what PostgreSQL's SQLSTATEs mean for a branch. */
final class PostgresCodes {

  static final String UNDEFINED_OBJECT = "42704";
  static final String INSUFFICIENT_PRIVILEGE = "42501";

  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String INTEGRITY = "23";

  /** Say that the server ended the connection, or takes none yet. */
  private static final Set<String> CONNECTION_ENDED =
      Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04");

  private PostgresCodes() {}

  static boolean isConnectionLost(SQLException failure) {
    return SqlStates.isConnectionException(failure)
        || CONNECTION_ENDED.contains(SqlStates.of(failure));
  }

  /**
   * Answers {@code XAER_RMFAIL} only where the connection is gone. The driver answers it for much
   * else.
   */
  static XAException normalise(XAException failure) {
    if (XaErrors.isRollback(failure.errorCode)
        || !(failure.getCause() instanceof SQLException cause)) {
      return failure;
    }
    return MaskedXaErrors.of(codeOf(cause), textOf(failure, cause), cause);
  }

  /** Adds the server's words, which the driver keeps to the cause, where nobody looks. */
  private static String textOf(XAException failure, SQLException cause) {
    String text = String.valueOf(failure.getMessage());
    String reason = String.valueOf(cause.getMessage());
    return text.contains(reason) ? text : text + ": " + reason;
  }

  static int codeOf(SQLException failure) {
    String state = SqlStates.of(failure);
    if (isConnectionLost(failure)) {
      return XAException.XAER_RMFAIL;
    }
    if (state.startsWith(INTEGRITY)) {
      return XAException.XA_RBINTEGRITY;
    }
    return switch (state) {
      case UNDEFINED_OBJECT -> XAException.XAER_NOTA;
      case SERIALIZATION_FAILURE -> XAException.XA_RBTRANSIENT;
      case DEADLOCK -> XAException.XA_RBDEADLOCK;
      default -> XAException.XAER_RMERR;
    };
  }
}
