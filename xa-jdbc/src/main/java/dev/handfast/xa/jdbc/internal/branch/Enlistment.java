package dev.handfast.xa.jdbc.internal.branch;

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
  private final Map<TransactionAware, ConnectionState> taken = new ConcurrentHashMap<>();

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
    ConnectionState state = ((JdbcXaResource) xaResource).connection();
    GlobalTransaction transaction = context.current();
    if (transaction == null) {
      state.begin(new ConnectionUse(resource, context, null));
      taken.put(connection, state);
    } else {
      join(transaction, connection, xaResource, state);
    }
    CHOSEN.set(Objects.requireNonNull(state.use(), "use"));
  }

  private void join(
      GlobalTransaction transaction,
      TransactionAware connection,
      XAResource xaResource,
      ConnectionState state)
      throws SQLException {
    refuseFinished(transaction);
    if (transaction.get(this) != null) {
      return;
    }
    state.begin(new ConnectionUse(resource, context, transaction));
    // Before the branch starts: PostgreSQL refuses to leave autocommit mode afterwards.
    connection.transactionStart();
    Branch branch = enlist(transaction, connection, xaResource, state);
    state.bind(branch);
    taken.put(connection, state);
    var enlisted = new EnlistedConnection(resource, connection, state, branch);
    transaction.put(this, enlisted);
    try {
      transaction.register(enlisted);
    } catch (RuntimeException e) {
      // Nobody will tell of the end; the branch itself does. The pool must not have it until then.
      connection.setFlushOnly();
      transaction.setRollbackOnly(e);
      branch.whenFinished(enlisted::complete);
      throw WorkRefusals.notEnlisted(resource, transaction, e);
    }
    connection.transactionCheckCallback(() -> true);
  }

  private Branch enlist(
      GlobalTransaction transaction,
      TransactionAware connection,
      XAResource xaResource,
      ConnectionState state)
      throws SQLException {
    try {
      return transaction.enlist(xaResource);
    } catch (EnlistmentException | RuntimeException e) {
      state.distrust();
      connection.setFlushOnly();
      connection.transactionEnd();
      throw WorkRefusals.notEnlisted(resource, transaction, e);
    }
  }

  private void refuseFinished(GlobalTransaction transaction) throws SQLException {
    if (!transaction.acceptsWork()) {
      throw WorkRefusals.refused(resource, transaction);
    }
  }

  /** Answers the use of the connection that the pool has just given to the calling thread. */
  public ConnectionUse chosen() {
    return Objects.requireNonNull(CHOSEN.get(), "use");
  }

  public void forgetChosen() {
    CHOSEN.remove();
  }

  /** Answers false for a connection that holds a vote, which keeps it from the pool. */
  @Override
  public boolean disassociate(TransactionAware connection) {
    ConnectionState state = taken.get(connection);
    if (state != null) {
      if (state.holdsVote()) {
        return false;
      }
      taken.remove(connection);
    }
    return true;
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
