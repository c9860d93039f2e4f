package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.spi.GlobalTransaction;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exceptions that tell an application why its work on a connection is refused. Their
 * texts hold no secret.
 */
final class WorkRefusals {

  private static final String INVALID_TRANSACTION_STATE = "25000";

  private WorkRefusals() {}

  /** Says that the transaction of the thread takes no more work. */
  static SQLException refused(String resource, GlobalTransaction transaction) {
    String why = transaction.acceptsWork() ? "ending" : transaction.refusal();
    return invalid(
        resource,
        "work is refused, because global transaction "
            + transaction.gtrid()
            + " is "
            + why
            + ". To solve this, leave the transaction and run the work in a new one.",
        null);
  }

  /** Says that the connection was taken outside a transaction and is used inside one. */
  static SQLException takenOutside(String resource, GlobalTransaction current) {
    return invalid(
        resource,
        "this connection was taken before global transaction "
            + current.gtrid()
            + " began and is not part of it. To solve this, call getConnection() inside the"
            + " transaction.",
        null);
  }

  /** Says that the connection is used outside the transaction that it belongs to. */
  static SQLException foreign(
      String resource, GlobalTransaction owner, @Nullable GlobalTransaction current) {
    return invalid(
        resource,
        "this connection belongs to global transaction "
            + owner.gtrid()
            + ", but the calling thread is in "
            + (current == null ? "none" : current.gtrid())
            + ". To solve this, use it in its own transaction and on its thread.",
        null);
  }

  /** Says that the call would end the branch. */
  static SQLException endsBranch(String resource, GlobalTransaction transaction, String call) {
    return invalid(
        resource,
        call
            + " is refused inside global transaction "
            + transaction.gtrid()
            + ", because it would end this database's part of it. To solve this, leave the end to"
            + " the transaction manager, and run definitions and settings outside a transaction.",
        null);
  }

  /** Says that no branch could be started on the connection. */
  static SQLException notEnlisted(String resource, GlobalTransaction transaction, Throwable cause) {
    return invalid(
        resource,
        "no branch could be started in global transaction "
            + transaction.gtrid()
            + ", which is now rolled back: "
            + cause.getMessage(),
        cause);
  }

  private static SQLException invalid(String resource, String text, @Nullable Throwable cause) {
    return new SQLNonTransientException(
        "Resource '" + resource + "': " + text, INVALID_TRANSACTION_STATE, cause);
  }
}
