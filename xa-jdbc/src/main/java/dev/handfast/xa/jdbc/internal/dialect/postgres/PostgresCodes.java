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
  static final String CONNECTION_FAILURE = "08006";
  static final String IN_FAILED_TRANSACTION = "25P02";

  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK = "40P01";
  private static final String INTEGRITY = "23";

  /** Is the class of codes by which the server says that it ends connections, or takes none yet. */
  private static final String SERVER_ENDS = "57P";

  /** Say that the server ended the connection because the transaction took too long. */
  private static final Set<String> TOO_LONG = Set.of("25P03", "25P04");

  private PostgresCodes() {}

  static boolean isConnectionLost(SQLException failure) {
    String state = SqlStates.of(failure);
    return SqlStates.isConnectionException(failure)
        || state.startsWith(SERVER_ENDS)
        || TOO_LONG.contains(state);
  }

  /**
   * Answers {@code XAER_RMFAIL} only where the connection is gone; the driver answers it for much
   * else. The text is the server's own, which the driver keeps to the cause, where nobody looks.
   */
  static XAException normalise(XAException failure) {
    if (!(failure.getCause() instanceof SQLException cause)) {
      return failure;
    }
    int code = XaErrors.isRollback(failure.errorCode) ? failure.errorCode : codeOf(cause);
    String words = words(cause);
    String told = String.valueOf(failure.getMessage());
    return MaskedXaErrors.of(code, told.contains(words) ? told : words, cause);
  }

  /**
   * Answers what the server said, which names the constraint or the object; what it adds on further
   * lines may hold the values of rows.
   */
  static String words(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
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
