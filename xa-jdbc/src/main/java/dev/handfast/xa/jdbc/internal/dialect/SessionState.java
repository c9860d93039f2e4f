package dev.handfast.xa.jdbc.internal.dialect;

import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the driver knows of the session on a connection. It asks the database only where the
 * driver cannot know.
 */
public interface SessionState {

  /** Finds nothing wrong, for databases whose drivers answer truly themselves. */
  SessionState NONE =
      new SessionState() {
        @Override
        public void checkVote() {}

        @Override
        public @Nullable String occupation() {
          return null;
        }
      };

  /**
   * Notes that a branch was started on the connection. The next {@link #checkVote} asks whether the
   * session is still in the transaction that began now. A branch that is left and entered again
   * stays the same.
   */
  default void begun() {}

  /**
   * Is told, before it happens, of something that may end the branch without being seen. It may ask
   * the database which transaction the branch is.
   *
   * @throws SQLException if that cannot be known; what was to happen must not happen then
   */
  default void remember() throws SQLException {}

  /** Is told that a call of the application's has failed. */
  default void failed(SQLException failure) {}

  /** Whether a transaction is open on the connection, as far as the driver knows. */
  default boolean inTransaction() {
    return false;
  }

  /**
   * Looks whether the connection still holds the work of the branch that is about to vote.
   *
   * @throws XAException XA_RB* if the work was rolled back, {@code XAER_RMERR} if the branch was
   *     ended by something else than the transaction manager
   */
  void checkVote() throws XAException;

  /**
   * Is asked once, before the branch is rolled back: says why some of its work may stay, because
   * something else than the transaction manager ended it; null if nothing stays.
   */
  default @Nullable String remains() {
    return null;
  }

  /**
   * Answers what the application has begun on the connection and not ended, so that every other
   * call would wait for its end; null if there is no such thing. The text says how to end it.
   */
  @Nullable String occupation();
}
