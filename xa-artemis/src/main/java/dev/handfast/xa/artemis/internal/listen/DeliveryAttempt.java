package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.internal.branch.TransactionSession;
import dev.handfast.xa.spi.GlobalTransaction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records how far one delivery of a message came. Used by the receiver's thread alone. */
final class DeliveryAttempt {

  private static final String NONE = "none";

  private boolean handed;
  private @Nullable GlobalTransaction transaction;
  private @Nullable TransactionSession session;

  /** Records that the transaction of this delivery has begun. */
  void began(GlobalTransaction begun) {
    transaction = begun;
  }

  GlobalTransaction transaction() {
    return Objects.requireNonNull(transaction, "transaction");
  }

  /** Records that the transaction has got the receiver's session. */
  void joined(TransactionSession joined) {
    session = joined;
  }

  TransactionSession session() {
    return Objects.requireNonNull(session, "session");
  }

  /** Records that the body is called next, so that a failure from now on is the body's. */
  void handed() {
    handed = true;
  }

  /** Returns the transaction's gtrid in hexadecimal, or {@code none} if none began. */
  String gtrid() {
    return transaction == null ? NONE : transaction.gtrid();
  }

  /** Returns the last thing that was done in the transaction. */
  String lastDone() {
    return transaction == null ? NONE : transaction.lastDone();
  }

  /** Returns whether the branch was rolled back, which happens without an exception too. */
  boolean isRolledBack() {
    return session != null && session.isRolledBack();
  }

  /** Returns whether the body was called; before that, no failure is the message's fault. */
  boolean wasHanded() {
    return handed;
  }

  /** Runs an action once the branch is finished and the message cannot come back any more. */
  void whenFinished(Runnable action) {
    TransactionSession joined = session;
    if (joined == null) {
      action.run();
    } else {
      joined.whenFinished(action);
    }
  }
}
