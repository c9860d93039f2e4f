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
      taken.put(connection, xa);
    } else if (CHOSEN.get() == null) {
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
    var use = new ConnectionUse(resource, context, transaction, xa.access());
    xa.connection().begin(use);
    String broken = xa.access().broken();
    if (broken != null) {
      connection.setFlushOnly();
      connection.transactionEnd();
      throw new ConnectionBrokenOffException(broken);
    }
    CHOSEN.set(use);
    return use;
  }

  private void join(GlobalTransaction transaction, TransactionAware connection, JdbcXaResource xa)
      throws SQLException {
    refuseFinished(transaction);
    ConnectionUse use = begin(transaction, connection, xa);
    // Before the branch starts: PostgreSQL refuses to leave autocommit mode afterwards.
    connection.transactionStart();
    Branch branch = enlist(transaction, connection, xa, use);
    xa.connection().bind(branch);
    taken.put(connection, xa);
    keep(transaction, new EnlistedConnection(resource, transaction, connection, xa, use, branch));
    connection.transactionCheckCallback(() -> true);
  }

  private Branch enlist(
      GlobalTransaction transaction,
      TransactionAware connection,
      JdbcXaResource xa,
      ConnectionUse use)
      throws SQLException {
    try {
      return transaction.enlist(new EnlistedXaResource(xa, use));
    } catch (EnlistmentException | RuntimeException e) {
      drop(connection, xa);
      throw WorkRefusals.notEnlisted(resource, transaction, e);
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
    } catch (Error e) {
      enlisted.keepUntilFinished(e);
      throw e;
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
