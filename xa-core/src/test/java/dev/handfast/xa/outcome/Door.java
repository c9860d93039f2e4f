package dev.handfast.xa.outcome;

import dev.handfast.xa.Body;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.ResourceContext;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.Objects;

/** The ways to begin and end a transaction. */
enum Door {
  RUN("`run`, `call`") {
    @Override
    void through(Handfast handfast, ResourceContext context, Duration timeout, Body<?> body)
        throws Exception {
      Body<Exception> any = body::run;
      handfast
          .transaction(jakarta.transaction.Transactional.TxType.REQUIRED)
          .timeout(timeout)
          .run(any);
    }
  },
  LISTENER("a listener") {
    @Override
    void through(Handfast handfast, ResourceContext context, Duration timeout, Body<?> body)
        throws Exception {
      Incoming<Exception> work = transaction -> body.run();
      context.transaction(timeout, work);
    }
  },
  USER_TRANSACTION("`UserTransaction`") {
    @Override
    void through(Handfast handfast, ResourceContext context, Duration timeout, Body<?> body)
        throws Exception {
      UserTransaction user = handfast.userTransaction();
      user.setTransactionTimeout(Math.toIntExact(timeout.toSeconds()));
      user.begin();
      around(body, user::commit, user::rollback);
    }
  },
  TRANSACTION_MANAGER("`TransactionManager`") {
    @Override
    void through(Handfast handfast, ResourceContext context, Duration timeout, Body<?> body)
        throws Exception {
      TransactionManager manager = begun(handfast, timeout);
      around(body, manager::commit, manager::rollback);
    }
  },
  TRANSACTION("`Transaction`") {
    @Override
    void through(Handfast handfast, ResourceContext context, Duration timeout, Body<?> body)
        throws Exception {
      TransactionManager manager = begun(handfast, timeout);
      Transaction transaction = Objects.requireNonNull(manager.getTransaction());
      around(body, transaction::commit, transaction::rollback);
    }
  };

  private final String shown;

  Door(String shown) {
    this.shown = shown;
  }

  /** Its name in the page. */
  String shown() {
    return shown;
  }

  /** Begins a transaction, calls the body, and commits, or rolls back if the body throws. */
  abstract void through(Handfast handfast, ResourceContext context, Duration timeout, Body<?> body)
      throws Exception;

  private static TransactionManager begun(Handfast handfast, Duration timeout) throws Exception {
    TransactionManager manager = handfast.transactionManager();
    manager.setTransactionTimeout(Math.toIntExact(timeout.toSeconds()));
    manager.begin();
    return manager;
  }

  private static void around(Body<?> body, Body<Exception> commit, Body<Exception> rollback)
      throws Exception {
    try {
      body.run();
    } catch (Throwable e) {
      rollback.run();
      throw e;
    }
    commit.run();
  }
}
