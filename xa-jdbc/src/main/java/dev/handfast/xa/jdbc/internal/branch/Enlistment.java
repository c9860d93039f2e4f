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
  private final Map<TransactionAware, JdbcXaResource> taken = new ConcurrentHashMap<>();

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
    return enlisted == null ? null : enlisted.connection();
  }

  @Override
  public void associate(TransactionAware connection, XAResource xaResource) throws SQLException {
    JdbcXaResource xa = (JdbcXaResource) xaResource;
    GlobalTransaction transaction = context.current();
    if (transaction == null) {
      requireWhole(connection, xa);
      xa.connection().begin(new ConnectionUse(resource, context, null, xa.access()));
      taken.put(connection, xa);
    } else {
      join(transaction, connection, xa);
    }
    CHOSEN.set(Objects.requireNonNull(xa.connection().use(), "use"));
  }

  /** The runtime may break a connection off at the very moment at which it is given back. */
  private static void requireWhole(TransactionAware connection, JdbcXaResource xa)
      throws SQLException {
    String broken = xa.access().broken();
    if (broken != null) {
      connection.setFlushOnly();
      connection.transactionEnd();
      throw new ConnectionBrokenOffException(broken);
    }
  }

  private void join(GlobalTransaction transaction, TransactionAware connection, JdbcXaResource xa)
      throws SQLException {
    refuseFinished(transaction);
    if (transaction.get(this) != null) {
      return;
    }
    requireWhole(connection, xa);
    xa.connection().begin(new ConnectionUse(resource, context, transaction, xa.access()));
    // Before the branch starts: PostgreSQL refuses to leave autocommit mode afterwards.
    connection.transactionStart();
    Branch branch = enlist(transaction, connection, xa);
    xa.connection().bind(branch);
    EnlistedConnection enlisted = null;
    try {
      enlisted = new EnlistedConnection(resource, transaction, connection, xa, branch);
      taken.put(connection, xa);
      transaction.put(this, enlisted);
      transaction.register(enlisted);
    } catch (RuntimeException | Error e) {
      // Nobody will tell of the end; the branch itself does. The pool must not have it until then.
      connection.setFlushOnly();
      transaction.setRollbackOnly(e);
      branch.whenFinished(
          enlisted == null
              ? new EnlistedConnection(resource, transaction, connection, xa, branch)::complete
              : enlisted::complete);
      throw WorkRefusals.notEnlisted(resource, transaction, e);
    }
    connection.transactionCheckCallback(() -> true);
  }

  private Branch enlist(
      GlobalTransaction transaction, TransactionAware connection, JdbcXaResource xa)
      throws SQLException {
    try {
      return transaction.enlist(xa);
    } catch (EnlistmentException | RuntimeException | Error e) {
      xa.connection().distrust();
      connection.setFlushOnly();
      connection.transactionEnd();
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

  public void forgetChosen() {
    CHOSEN.remove();
  }

  /**
   * Answers false for a connection that holds a vote, which keeps it from the pool. One on which
   * the application left something open is broken off, and dropped by the pool.
   */
  @Override
  public boolean disassociate(TransactionAware connection) {
    JdbcXaResource xa = taken.get(connection);
    if (xa != null) {
      if (xa.connection().holdsVote()) {
        return false;
      }
      taken.remove(connection);
      breakOffIfOccupied(connection, xa);
    }
    return true;
  }

  private static void breakOffIfOccupied(TransactionAware connection, JdbcXaResource xa) {
    String occupation = xa.access().session().occupation();
    if (occupation != null) {
      connection.setFlushOnly();
      Helper abort = xa.breakOff(occupation);
      if (abort != null) {
        // What the pool does with it next must find it closed.
        abort.ends(xa.access().bound());
      }
    }
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
