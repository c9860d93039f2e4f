package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.dialect.MaskedXaErrors;
import dev.handfast.xa.jdbc.internal.dialect.SessionState;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the transaction of a session is still the one that its branch began. H2 ends it by
 * itself where it is the victim of a deadlock, and where a definition, a script or a function of
 * the application's commits; the next statement begins another one, and H2 would prepare that. The
 * session is asked within this process: a transaction is an object of its own there.
 */
final class H2Session implements SessionState {

  private static final String CONNECTION = "org.h2.jdbc.JdbcConnection";
  private static final int DEADLOCK = 40001;

  private static final String ENDED =
      "the branch was ended by a statement of the application, such as a COMMIT or a definition in"
          + " a function";

  private final Object session;
  private final Method transaction;
  private volatile @Nullable Object branch;
  private volatile boolean deadlocked;

  private H2Session(Object session, Method transaction) {
    this.session = session;
    this.transaction = transaction;
  }

  /** Answers the session of a connection; one that lives in a server tells nothing. */
  static SessionState of(Connection handle) throws SQLException {
    try {
      Class<?> type = Class.forName(CONNECTION, false, handle.getClass().getClassLoader());
      Object session = type.getMethod("getSession").invoke(handle.unwrap(type));
      return new H2Session(session, session.getClass().getMethod("getTransaction"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return NONE;
    }
  }

  @Override
  public void begun() {
    deadlocked = false;
    branch = present();
  }

  @Override
  public void failed(SQLException failure) {
    if (failure.getErrorCode() == DEADLOCK) {
      deadlocked = true;
    }
  }

  @Override
  public void checkVote() throws XAException {
    if (isWhole()) {
      return;
    }
    throw deadlocked
        ? MaskedXaErrors.of(
            XAException.XA_RBDEADLOCK,
            "the branch was the victim of a deadlock, upon which H2 undid all its work (40001); the"
                + " exception was caught and not passed on",
            null)
        : MaskedXaErrors.of(
            XAException.XAER_RMERR,
            ENDED + "; what that committed stays, and what was done since is rolled back",
            null);
  }

  @Override
  public @Nullable String remains() {
    boolean whole = isWhole() || deadlocked;
    branch = null;
    return whole ? null : ENDED + "; if that committed anything, it stays";
  }

  private boolean isWhole() {
    Object begun = branch;
    Object now = begun == null ? null : present();
    return begun == now || now == null;
  }

  @Override
  public @Nullable String occupation() {
    return null;
  }

  /** Answers the transaction that the session has, and begins one if it has none. */
  private @Nullable Object present() {
    try {
      return transaction.invoke(session);
    } catch (InvocationTargetException e) {
      // The database is closed; whatever comes next says so.
      return null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("H2 does not tell of its transaction", e);
    }
  }
}
