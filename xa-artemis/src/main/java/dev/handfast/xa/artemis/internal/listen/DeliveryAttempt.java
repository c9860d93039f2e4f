package dev.handfast.xa.artemis.internal.listen;

import dev.handfast.xa.artemis.internal.branch.TransactionSession;
import dev.handfast.xa.spi.GlobalTransaction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How far one delivery came. Used by the receiver's thread. */
final class DeliveryAttempt {

  private static final String NONE = "none";

  private boolean handed;
  private @Nullable GlobalTransaction transaction;
  private @Nullable TransactionSession session;

  /** Its transaction has begun. */
  void began(GlobalTransaction begun) {
    transaction = begun;
  }

  GlobalTransaction transaction() {
    return Objects.requireNonNull(transaction, "transaction");
  }

  /** Its transaction has a session, and through it soon a branch. */
  void joined(TransactionSession joined) {
    session = joined;
  }

  TransactionSession session() {
    return Objects.requireNonNull(session, "session");
  }

  /** From now on a failure is the message's own or its body's. */
  void handed() {
    handed = true;
  }

  /** The global transaction id in hexadecimal, {@code none} if none began. */
  String gtrid() {
    return transaction == null ? NONE : transaction.gtrid();
  }

  /** The last thing that was done in its transaction. */
  String lastDone() {
    return transaction == null ? NONE : transaction.lastDone();
  }

  /** Whether what it took was given back, although nothing was thrown. */
  boolean isRolledBack() {
    return session != null && session.isRolledBack();
  }

  /** False if it failed before the message could be at fault. */
  boolean wasHanded() {
    return handed;
  }

  /** Runs an action once nothing of it can come back any more. */
  void whenFinished(Runnable action) {
    TransactionSession joined = session;
    if (joined == null) {
      action.run();
    } else {
      joined.whenFinished(action);
    }
  }
}
