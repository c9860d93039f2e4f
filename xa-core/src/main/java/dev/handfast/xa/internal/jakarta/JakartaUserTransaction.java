package dev.handfast.xa.internal.jakarta;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;

/** What of the manager an application may use where no method declares the transaction. */
public final class JakartaUserTransaction implements UserTransaction {

  private final JakartaManager manager;
  private final DeclaredMethods methods;

  public JakartaUserTransaction(JakartaManager manager, DeclaredMethods methods) {
    this.manager = manager;
    this.methods = methods;
  }

  @Override
  public void begin() throws NotSupportedException {
    methods.requireNone();
    manager.begin();
  }

  @Override
  public void commit()
      throws RollbackException, HeuristicMixedException, HeuristicRollbackException {
    methods.requireNone();
    manager.commit();
  }

  @Override
  public void rollback() throws SystemException {
    methods.requireNone();
    manager.rollback();
  }

  @Override
  public int getStatus() {
    methods.requireNone();
    return manager.getStatus();
  }

  @Override
  public void setRollbackOnly() {
    methods.requireNone();
    manager.setRollbackOnly();
  }

  @Override
  public void setTransactionTimeout(int seconds) throws SystemException {
    methods.requireNone();
    manager.setTransactionTimeout(seconds);
  }
}
