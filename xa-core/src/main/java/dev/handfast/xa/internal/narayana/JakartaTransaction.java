package dev.handfast.xa.internal.narayana;

import dev.handfast.xa.internal.branch.BranchResource;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import javax.transaction.xa.XAResource;

/**
 * A transaction in Jakarta's terms.
 *
 * @param live the transaction; two are equal if it is the same one
 */
record JakartaTransaction(LiveTransaction live) implements Transaction {

  @Override
  public boolean enlistResource(XAResource resource) throws RollbackException, SystemException {
    if (!(resource instanceof BranchResource)) {
      throw new IllegalStateException(
          "An XAResource of "
              + resource.getClass().getName()
              + " cannot be enlisted in "
              + live
              + ": it has no name under which recovery could find it after a crash. To solve this,"
              + " define it as a resource of the runtime and use the handle that it gives.");
    }
    return live.delegate().enlistResource(resource);
  }

  @Override
  public boolean delistResource(XAResource resource, int flag) throws SystemException {
    return live.delegate().delistResource(resource, flag);
  }

  @Override
  public void registerSynchronization(Synchronization synchronization)
      throws RollbackException, SystemException {
    live.delegate().registerSynchronization(synchronization);
  }

  @Override
  public void setRollbackOnly() {
    live.mark(null);
  }

  @Override
  public int getStatus() throws SystemException {
    return live.delegate().getStatus();
  }

  @Override
  public void commit()
      throws RollbackException,
          HeuristicMixedException,
          HeuristicRollbackException,
          SystemException {
    live.delegate().commit();
  }

  @Override
  public void rollback() throws SystemException {
    live.delegate().rollback();
  }
}
