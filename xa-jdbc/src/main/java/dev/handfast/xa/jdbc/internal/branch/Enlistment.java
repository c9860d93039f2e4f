package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.jdbc.internal.settings.Helper;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.ResourceContext;
import io.agroal.api.transaction.TransactionAware;
import io.agroal.api.transaction.TransactionIntegration;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * Enlists connections of the pool in global transactions. A transaction gets one connection, which
 * is enlisted when it is first taken, and is kept from the pool until its branch is finished.
 */
public final class Enlistment implements TransactionIntegration {

  /**
   * Holds the use of the connection that the pool chose for a getConnection of the thread. Agroal
   * tells of its choice in no other way.
   */
  private static final ThreadLocal<ConnectionUse> CHOSEN = new ThreadLocal<>();

  private final String resource;
  private final ResourceContext context;
  private final Map<TransactionAware, Taken> taken = new ConcurrentHashMap<>();

  /** A connection that is lent. */
  private static final class Taken {

    private final JdbcXaResource xa;

    /** Whether a transaction gives it back, whatever becomes of the thread that was lent it. */
    private volatile boolean kept;

    private Taken(JdbcXaResource xa) {
      this.xa = xa;
    }
  }

  public Enlistment(String resource, ResourceContext context) {
    this.resource = resource;
    this.context = context;
  }

  @Override
  public @Nullable TransactionAware getTransactionAware() throws SQLException {
    GlobalTransaction transaction = context.current();
    if (transaction == null) {
      return null;
    }
    refuseFinished(transaction);
    var enlisted = (EnlistedConnection) transaction.get(this);
    if (enlisted == null) {
      return null;
    }
    if (!enlisted.use().lending().enter()) {
      throw WorkRefusals.refused(resource, transaction, null);
    }
    CHOSEN.set(enlisted.use());
    return enlisted.connection();
  }

  @Override
  public void associate(TransactionAware connection, XAResource xaResource) throws SQLException {
    JdbcXaResource xa = (JdbcXaResource) xaResource;
    GlobalTransaction transaction = context.current();
    if (transaction == null) {
      begin(null, connection, xa);
    } else if (CHOSEN.get() == null) {
      refuseFinished(transaction);
      join(transaction, connection, xa);
    }
  }

  /**
   * Begins a use, unless the runtime broke the connection off at the very moment at which it was
   * given back. From then on no earlier owner can.
   */
  private ConnectionUse begin(
      @Nullable GlobalTransaction transaction, TransactionAware connection, JdbcXaResource xa)
      throws SQLException {
    take(connection, new Taken(xa));
    var use = new ConnectionUse(resource, context, transaction, xa.access());
    xa.connection().begin(use);
    String broken = xa.access().broken();
    if (broken != null || !xa.access().isAlive()) {
      connection.setFlushOnly();
      connection.transactionEnd();
      throw new ConnectionBrokenOffException(
          broken == null ? "its server did not answer any more" : broken);
    }
    CHOSEN.set(use);
    return use;
  }

  /** The pool offers again what it was lending as an Error came; that is lent to nobody else. */
  private void take(TransactionAware connection, Taken lent) throws SQLException {
    Taken before = taken.putIfAbsent(connection, lent);
    if (before != null) {
      connection.setFlushOnly();
      if (!before.kept) {
        connection.transactionEnd();
      }
      throw new ConnectionBrokenOffException("an error struck while it was lent");
    }
  }

  private void join(GlobalTransaction transaction, TransactionAware connection, JdbcXaResource xa)
      throws SQLException {
    ConnectionUse use = begin(transaction, connection, xa);
    Branch branch = start(transaction, connection, xa, use);
    try {
      Objects.requireNonNull(taken.get(connection), "taken").kept = true;
      xa.connection().bind(branch);
      connection.transactionCheckCallback(() -> true);
      keep(transaction, new EnlistedConnection(resource, transaction, connection, xa, use, branch));
    } catch (RuntimeException | Error e) {
      new EnlistedConnection(resource, transaction, connection, xa, use, branch)
          .keepUntilFinished(e);
      throw e;
    }
  }

  /** Starts the branch; a connection on which that fails is dropped. */
  private Branch start(
      GlobalTransaction transaction,
      TransactionAware connection,
      JdbcXaResource xa,
      ConnectionUse use)
      throws SQLException {
    try {
      // Before the branch starts: PostgreSQL refuses to leave autocommit mode afterwards.
      connection.transactionStart();
      return transaction.enlist(new EnlistedXaResource(xa, use));
    } catch (EnlistmentException | RuntimeException e) {
      drop(connection, xa);
      throw WorkRefusals.notEnlisted(resource, transaction, e);
    } catch (SQLException e) {
      drop(connection, xa);
      throw e;
    } catch (Error e) {
      drop(connection, xa);
      transaction.setRollbackOnly(e);
      throw e;
    }
  }

  private static void drop(TransactionAware connection, JdbcXaResource xa) throws SQLException {
    xa.connection().distrust();
    connection.setFlushOnly();
    connection.transactionEnd();
  }

  private void keep(GlobalTransaction transaction, EnlistedConnection enlisted)
      throws SQLException {
    try {
      transaction.put(this, enlisted);
      transaction.register(enlisted);
    } catch (RuntimeException e) {
      enlisted.keepUntilFinished(e);
      throw WorkRefusals.notEnlisted(resource, transaction, e);
    }
  }

  private void refuseFinished(GlobalTransaction transaction) throws SQLException {
    if (!transaction.acceptsWork()) {
      throw WorkRefusals.refused(resource, transaction, null);
    }
  }

  /** Answers the use of the connection that the pool has just given to the calling thread. */
  public ConnectionUse chosen() {
    return Objects.requireNonNull(CHOSEN.get(), "use");
  }

  /**
   * Ends the calling thread's stay inside the pool. If the transaction ended meanwhile, the
   * connection is given back now, and what the thread was given is closed for good.
   */
  public void forgetChosen() {
    ConnectionUse use = CHOSEN.get();
    if (use != null) {
      CHOSEN.remove();
      use.lending().leave();
    }
  }

  /**
   * Answers false for a connection that holds a vote, which keeps it from the pool. One on which
   * the application left something open is broken off, and dropped by the pool; one whose session
   * it may have changed is made as new, or dropped.
   */
  @Override
  public boolean disassociate(TransactionAware connection) {
    Taken lent = taken.get(connection);
    if (lent != null) {
      if (lent.xa.connection().holdsVote()) {
        return false;
      }
      taken.remove(connection);
      lent.xa.access().used();
      if (!breakOffIfOccupied(connection, lent.xa) && !isAsNew(lent.xa)) {
        connection.setFlushOnly();
      }
    }
    return true;
  }

  private boolean isAsNew(JdbcXaResource xa) {
    ConnectionUse use = xa.connection().use();
    return use == null || new SessionRenewal(resource, xa, use).succeeds();
  }

  private static boolean breakOffIfOccupied(TransactionAware connection, JdbcXaResource xa) {
    String occupation = xa.access().session().occupation();
    if (occupation != null) {
      connection.setFlushOnly();
      Helper abort = xa.breakOff(occupation);
      if (abort != null) {
        // What the pool does with it next must find it closed.
        abort.ends(xa.access().bound());
      }
    }
    return occupation != null;
  }

  public int active() {
    return taken.size();
  }

  @Override
  public void addResourceRecoveryFactory(ResourceRecoveryFactory factory) {
    // Recovery has connections of its own.
  }

  @Override
  public void removeResourceRecoveryFactory(ResourceRecoveryFactory factory) {
    // As above.
  }
}
