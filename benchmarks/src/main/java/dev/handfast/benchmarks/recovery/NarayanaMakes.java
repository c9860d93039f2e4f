package dev.handfast.benchmarks.recovery;

import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;

/** Makes in-doubt transactions with bare Narayana, and halts. */
final class NarayanaMakes {

  private NarayanaMakes() {}

  /** The arguments are those of a {@link Place}. */
  public static void main(String[] arguments) throws Exception {
    Place place = Place.of(arguments);
    BareNarayana.setUp(place);
    TransactionManager manager = com.arjuna.ats.jta.TransactionManager.transactionManager();
    Making.run(
        place,
        (sessions, id) -> {
          Fate fate = Fate.of(id);
          manager.begin();
          boolean enlisted =
              manager.getTransaction().enlistResource(sessions.database(fate))
                  && manager.getTransaction().enlistResource(sessions.broker(fate));
          if (!enlisted) {
            throw new IllegalStateException("not enlisted");
          }
          sessions.insert(id);
          sessions.send(id);
          try {
            manager.commit();
          } catch (RollbackException e) {
            if (fate != Fate.ORPHAN) {
              throw e;
            }
          }
        });
    Runtime.getRuntime().halt(0);
  }
}
