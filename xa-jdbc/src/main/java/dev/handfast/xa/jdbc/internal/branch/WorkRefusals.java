package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.spi.GlobalTransaction;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * Makes the exceptions that tell an application why its work on a connection is refused. Their
 * texts hold no secret.
 */
final class WorkRefusals {

  private static final String INVALID_TRANSACTION_STATE = "25000";

  private static final String INVALID_SAVEPOINT = "3B001";

  private static final String CONNECTION_DOES_NOT_EXIST = "08003";

  private static final String SUSPENDED =
      ". If the first was suspended, it was probably begun through the API of another library, which"
          + " keeps the connection bound to the thread meanwhile. To solve this, begin the inner"
          + " transaction through that library too (by its own REQUIRES_NEW), or close the"
          + " connection before; on another thread, take a connection there.";
  private static final String ENDED =
      ". To solve this, call getConnection() where the work is done.";

  private WorkRefusals() {}

  /** Says that a transaction takes no more work. */
  static SQLException refused(
      String resource, GlobalTransaction transaction, @Nullable Throwable cause) {
    return invalid(
        resource,
        "work is refused, because global transaction "
            + transaction.gtrid()
            + " is "
            + why(transaction)
            + ". To solve this, leave the transaction and run the work in a new one.",
        cause);
  }

  /** Says why a transaction takes no more work. */
  static String why(GlobalTransaction transaction) {
    return transaction.acceptsWork() ? "ending" : transaction.refusal();
  }

  /**
   * Says that the connection was broken off.
   *
   * @param why in words, with the mend if there is one
   */
  static SQLException brokenOff(String resource, String why, @Nullable Throwable cause) {
    return new SQLNonTransientConnectionException(
        "Resource '" + resource + "': the connection was broken off, because " + why + ".",
        CONNECTION_DOES_NOT_EXIST,
        cause);
  }

  /** Says that the connection is closed, and what was reached from it with it. */
  static SQLException closed(String resource) {
    return new SQLNonTransientConnectionException(
        "Resource '" + resource + "': the connection is closed" + ENDED, CONNECTION_DOES_NOT_EXIST);
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
            + (owner.acceptsWork() ? "" : ", which is " + owner.refusal())
            + ", but the calling thread is in "
            + (current == null ? "none" : current.gtrid())
            + (owner.acceptsWork() ? SUSPENDED : ENDED),
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

  /** Says that a savepoint is of no use here. */
  static SQLException savepoint(String resource, String call, Savepoint savepoint, String why) {
    return new SQLNonTransientException(
        "Resource '"
            + resource
            + "': "
            + call
            + " is refused, because the "
            + (BranchSavepoints.isOurs(savepoint) ? savepoint.toString() : "savepoint")
            + " "
            + why
            + ". To solve this, use a savepoint of the same transaction that still stands.",
        INVALID_SAVEPOINT);
  }

  /**
   * Says that something cannot be set inside a transaction.
   *
   * @param why in words, with the mend
   */
  static SQLException setting(
      String resource, GlobalTransaction transaction, String call, String why) {
    return invalid(
        resource,
        call
            + " is refused inside global transaction "
            + transaction.gtrid()
            + ", because "
            + why
            + ".",
        null);
  }

  /** Says that no branch could be started on the connection. */
  static SQLException notEnlisted(String resource, GlobalTransaction transaction, Throwable cause) {
    if (!transaction.acceptsWork() && !(cause instanceof RuntimeException)) {
      return refused(resource, transaction, cause);
    }
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
