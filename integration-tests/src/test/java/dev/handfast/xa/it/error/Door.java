package dev.handfast.xa.it.error;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.RolledBackException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import org.jspecify.annotations.Nullable;

/** The ways of the application's own threads to end a transaction, and what they are told. */
enum Door {
  RUN {
    @Override
    void through(Handfast handfast, Work work) throws Exception {
      handfast.run(work::run);
    }
  },
  USER_TRANSACTION {
    @Override
    void through(Handfast handfast, Work work) throws Exception {
      var transaction = handfast.userTransaction();
      transaction.begin();
      try {
        work.run();
      } catch (Throwable e) {
        transaction.rollback();
        throw e;
      }
      transaction.commit();
    }
  },
  TRANSACTION_MANAGER {
    @Override
    void through(Handfast handfast, Work work) throws Exception {
      var manager = handfast.transactionManager();
      manager.begin();
      try {
        work.run();
      } catch (Throwable e) {
        manager.rollback();
        throw e;
      }
      manager.commit();
    }
  },
  TRANSACTION {
    @Override
    void through(Handfast handfast, Work work) throws Exception {
      handfast.transactionManager().begin();
      var transaction = handfast.transactionManager().getTransaction();
      try {
        work.run();
      } catch (Throwable e) {
        transaction.rollback();
        throw e;
      }
      transaction.commit();
    }
  };

  /** What is done in the transaction. */
  interface Work {
    void run() throws Exception;
  }

  abstract void through(Handfast handfast, Work work) throws Exception;

  /** The outcome as the caller is told it. */
  String told(Handfast handfast, Work work) {
    Watched watched = new Watched(work);
    try {
      through(handfast, watched);
      return "committed";
    } catch (RolledBackException | RollbackException e) {
      return "rolled back";
    } catch (HeuristicOutcomeException e) {
      return "heuristic " + e.outcome();
    } catch (HeuristicMixedException e) {
      return e.getCause() instanceof HeuristicOutcomeException cause
          ? "heuristic " + cause.outcome()
          : "untold: " + e;
    } catch (Throwable e) {
      return e == watched.failure || !watched.begun ? "rolled back" : "untold: " + e;
    }
  }

  private static final class Watched implements Work {

    private final Work work;
    private boolean begun;
    private @Nullable Throwable failure;

    private Watched(Work work) {
      this.work = work;
    }

    @Override
    public void run() throws Exception {
      begun = true;
      try {
        work.run();
      } catch (Throwable e) {
        failure = e;
        throw e;
      }
    }
  }
}
