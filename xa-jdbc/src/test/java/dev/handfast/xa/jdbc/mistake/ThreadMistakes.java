package dev.handfast.xa.jdbc.mistake;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import jakarta.transaction.Transaction;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.util.List;

/** A transaction belongs to one thread, and a thread has one at a time. */
final class ThreadMistakes {

  static final List<Mistake> ALL =
      List.of(
          Mistake.of(
                  "A connection of the transaction is used on another thread",
                  "run(() -> { c = db.getConnection(); …; executor.submit(() -> insert(c)).get(); })",
                  ThreadMistakes::handle)
              .leaves(1)
              .so(
                  "refused there; the transaction goes on, and commits what its own thread did",
                  "work on the thread of the body"),
          Mistake.of(
                  "Another thread takes a connection of its own",
                  "run(() -> { …; executor.submit(() -> insert(db.getConnection())).get(); throw …; })",
                  ThreadMistakes::own)
              .leaves(List.of(2), List.of())
              .so(
                  "no part of the transaction: it commits by itself, statement by statement, and"
                      + " stays when the transaction is rolled back",
                  "work on the thread of the body; beware of parallel streams and `@Async`"),
          Mistake.of(
                  "`suspend()`, and work before the next `begin()`",
                  "run(() -> { …; t = tm.suspend(); insert(db.getConnection()); tm.resume(t); throw …; })",
                  ThreadMistakes::suspended)
              .leaves(List.of(2), List.of())
              .so("the same: it commits by itself", "`transaction(REQUIRES_NEW).run(…)`"),
          Mistake.of(
                  "A connection is kept over `suspend()`",
                  "run(() -> { c = db.getConnection(); tm.suspend(); insert(c); })",
                  ThreadMistakes::keptOverSuspend)
              .leaves(1)
              .so(
                  "refused until `resume`; then it goes on",
                  "a connection of the inner work's own"),
          Mistake.of(
                  "A connection is kept over `REQUIRES_NEW`",
                  "run(() -> { c = db.getConnection(); transaction(REQUIRES_NEW).run(() -> insert(c)); })",
                  ThreadMistakes::keptOverNew)
              .leaves(1)
              .so("refused there; afterwards it goes on", "`getConnection()` in the inner body"));

  private ThreadMistakes() {}

  private static Throwable handle(Shop shop) throws Exception {
    Throwable[] told = new Throwable[1];
    shop.run(
        () -> {
          try (Connection connection = shop.orders().getConnection()) {
            Shop.insert(connection, 1);
            told[0] = shop.onAnotherThread(() -> catchThrowable(() -> Shop.insert(connection, 2)));
          }
          shop.stock(1);
        });
    return told[0];
  }

  /** Is told what it threw itself, which is nothing new. */
  private static Throwable own(Shop shop) {
    return unlessOwn(
        catchThrowable(
            () ->
                shop.run(
                    () -> {
                      shop.insert(1);
                      shop.onAnotherThread(
                          () -> {
                            H2Fixture.insert(shop.orders(), 2);
                            return 2;
                          });
                      throw new OwnException();
                    })));
  }

  private static Throwable suspended(Shop shop) {
    return unlessOwn(
        catchThrowable(
            () ->
                shop.run(
                    () -> {
                      shop.insert(1);
                      Transaction outer = shop.handfast.transactionManager().suspend();
                      H2Fixture.insert(shop.orders(), 2);
                      shop.handfast.transactionManager().resume(outer);
                      throw new OwnException();
                    })));
  }

  private static final class OwnException extends Exception {}

  private static Throwable unlessOwn(Throwable told) {
    return told instanceof OwnException ? null : told;
  }

  private static Throwable keptOverSuspend(Shop shop) throws Exception {
    Throwable[] told = new Throwable[1];
    shop.run(
        () -> {
          try (Connection connection = shop.orders().getConnection()) {
            Transaction outer = shop.handfast.transactionManager().suspend();
            told[0] = catchThrowable(() -> Shop.insert(connection, 2));
            shop.handfast.transactionManager().resume(outer);
            Shop.insert(connection, 1);
          }
          shop.stock(1);
        });
    return told[0];
  }

  private static Throwable keptOverNew(Shop shop) throws Exception {
    Throwable[] told = new Throwable[1];
    shop.run(
        () -> {
          try (Connection connection = shop.orders().getConnection()) {
            told[0] =
                catchThrowable(
                    () ->
                        shop.handfast
                            .transaction(TxType.REQUIRES_NEW)
                            .run(() -> Shop.insert(connection, 2)));
            Shop.insert(connection, 1);
          }
          shop.stock(1);
        });
    return told[0];
  }
}
