package dev.handfast.xa.jdbc.mistake;

import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.Body;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;

/** A statement fails, and the program goes on. */
final class FailureMistakes {

  private static final String GOES_ON =
      "the database undoes the statement alone, and the transaction goes on";
  private static final String ABORTED =
      "the database takes nothing more in this transaction, which is rolled back";
  private static final String SAVEPOINT =
      "let it leave the body; or a savepoint before, and `rollback(savepoint)`; or a statement that"
          + " cannot fail (`ON CONFLICT`, `MERGE`)";

  static final List<Mistake> ALL =
      List.of(
          Mistake.on(
                  Place.H2,
                  "A failed statement is caught",
                  "run(() -> { insert(1); try { insert(1); } catch (SQLException e) {} insert(2); })",
                  FailureMistakes::swallowed)
              .leaves(1, 2)
              .so(GOES_ON, "nothing; but do not rely on it where the database may change"),
          Mistake.on(
                  Place.POSTGRES,
                  "A failed statement is caught",
                  "run(() -> { insert(1); try { insert(1); } catch (SQLException e) {} insert(2); })",
                  FailureMistakes::swallowed)
              .leaves()
              .so(ABORTED, SAVEPOINT),
          Mistake.on(
                  Place.POSTGRES,
                  "Every failure is caught to the end",
                  "run(() -> { insert(1); try { insert(1); } catch (SQLException e) {} })",
                  FailureMistakes::swallowedToTheEnd)
              .leaves()
              .so("`run` never returns as if it had committed", SAVEPOINT),
          Mistake.on(
                  Place.H2,
                  "A batch fails in half, and that is caught",
                  "run(() -> { try { s.executeBatch(); } catch (BatchUpdateException e) {} })",
                  FailureMistakes::batch)
              .leaves(List.of(1, 2), List.of(1))
              .so(
                  "the statements of the batch that did not fail are committed",
                  "let it leave the body, or look at `getUpdateCounts()`"),
          Mistake.on(
                  Place.POSTGRES,
                  "A batch fails in half, and that is caught",
                  "run(() -> { try { s.executeBatch(); } catch (BatchUpdateException e) {} })",
                  FailureMistakes::batch)
              .leaves()
              .so(ABORTED, SAVEPOINT),
          Mistake.of(
                  "The victim of a deadlock catches it and goes on",
                  "run(() -> { …; try { update(c); } catch (SQLException e) {} insert(c); })",
                  FailureMistakes::deadlock)
              .leaves(1, 2)
              .so(
                  "the database has rolled the victim's work back; the vote notices it, and the"
                      + " rest is rolled back as well; the other one commits",
                  "let it leave the body, and run the body again (SQLState `40001`, `40P01`)"));

  private FailureMistakes() {}

  private static Throwable swallowed(Shop shop) {
    return catchThrowable(
        () ->
            shop.run(
                () -> {
                  shop.insert(1);
                  Shop.swallow(() -> H2Fixture.insert(shop.orders(), 1));
                  shop.insert(2);
                }));
  }

  private static Throwable swallowedToTheEnd(Shop shop) {
    return catchThrowable(
        () ->
            shop.run(
                () -> {
                  shop.insert(1);
                  Shop.swallow(() -> H2Fixture.insert(shop.orders(), 1));
                }));
  }

  private static Throwable batch(Shop shop) {
    return catchThrowable(
        () ->
            shop.run(
                () -> {
                  shop.stock(1);
                  try (Connection connection = shop.orders().getConnection();
                      Statement statement = connection.createStatement()) {
                    for (int id : List.of(1, 1, 2)) {
                      statement.addBatch("INSERT INTO item VALUES (" + id + ")");
                    }
                    Shop.swallow(statement::executeBatch);
                  }
                }));
  }

  /** Two threads lock two rows crosswise; the database chooses one of them. */
  private static Throwable deadlock(Shop shop) throws Exception {
    shop.insert(1);
    shop.insert(2);
    CyclicBarrier both = new CyclicBarrier(2);
    Callable<Throwable> here = () -> catchThrowable(() -> shop.run(crosswise(shop, both, 1, 2)));
    Callable<Throwable> there = () -> catchThrowable(() -> shop.run(crosswise(shop, both, 2, 1)));
    Throwable[] told = shop.both(here, there);
    if ((told[0] == null) == (told[1] == null)) {
      throw new AssertionError("one of them was to commit: " + told[0] + ", " + told[1]);
    }
    return told[0] == null ? told[1] : told[0];
  }

  private static Body<Exception> crosswise(Shop shop, CyclicBarrier both, int mine, int yours) {
    return () -> {
      try (Connection connection = shop.orders().getConnection()) {
        update(connection, mine);
        both.await();
        if (catchThrowable(() -> update(connection, yours)) != null) {
          shop.stock(3);
          goOn(connection);
        }
      }
    };
  }

  /** As a program does that takes a failure for nothing; PostgreSQL refuses, H2 does not. */
  private static void goOn(Connection connection) {
    try {
      Shop.insert(connection, 3);
    } catch (SQLException e) {
      // The vote tells.
    }
  }

  private static void update(Connection connection, int id) throws SQLException {
    Shop.execute(connection, "UPDATE item SET id = id WHERE id = " + id);
  }
}
