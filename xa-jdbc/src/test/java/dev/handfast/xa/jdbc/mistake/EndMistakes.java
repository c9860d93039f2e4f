package dev.handfast.xa.jdbc.mistake;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.h2.jdbc.JdbcConnection;
import org.postgresql.PGConnection;

/** The program ends by itself what the transaction manager ends. */
final class EndMistakes {

  static final List<Mistake> ALL =
      List.of(
          Mistake.of(
                  "`commit()` by hand",
                  "run(() -> { …; c.commit(); })",
                  shop -> byHand(shop, Connection::commit))
              .leaves()
              .so(
                  "refused; nothing changed by the call; the exception leaves the body, so all is"
                      + " rolled back",
                  "let the body return: that commits"),
          Mistake.of(
                  "`rollback()` by hand",
                  "run(() -> { …; c.rollback(); })",
                  shop -> byHand(shop, Connection::rollback))
              .leaves()
              .so(
                  "the same",
                  "throw; or `handfast.endWithoutEffect()`, and return; or `rollback(savepoint)`"),
          Mistake.of(
                  "`setAutoCommit(true)`",
                  "run(() -> { …; c.setAutoCommit(true); })",
                  shop -> byHand(shop, connection -> connection.setAutoCommit(true)))
              .leaves()
              .so("the same", "leave it; inside there is no autocommit, outside there is"),
          Mistake.of(
                  "`COMMIT` as SQL",
                  "run(() -> { …; s.execute(\"COMMIT\"); })",
                  shop -> byHand(shop, connection -> Shop.execute(connection, "COMMIT")))
              .leaves()
              .so("refused before it runs", "let the body return"),
          Mistake.of(
                  "`COMMIT` after a semicolon",
                  "run(() -> s.execute(\"INSERT …; COMMIT\"))",
                  shop ->
                      byHand(
                          shop,
                          connection ->
                              Shop.execute(connection, "INSERT INTO item VALUES (2); COMMIT")))
              .leaves()
              .so("refused before any of it runs", "one statement for each call, and no `COMMIT`"),
          Mistake.of(
                  "The refusal is caught",
                  "run(() -> { …; try { c.commit(); } catch (SQLException e) {} })",
                  EndMistakes::caught)
              .leaves(1)
              .so(
                  "commits, all of it, at the end of the body",
                  "nothing is broken; take the call away"),
          Mistake.of(
                  "`unwrap` and commit there",
                  "run(() -> { …; c.unwrap(Driver…).commit(); … })",
                  EndMistakes::unwrapped)
              .leaves(List.of(1), List.of())
              .so(
                  "the way out that is left open: what was done on this connection is committed at"
                      + " once; the vote notices it, and the rest is rolled back",
                  "`unwrap` for what JDBC has no method for, and never to end a transaction"),
          Mistake.of(
                  "`abort(…)`", "run(() -> { …; c.abort(Runnable::run); })", EndMistakes::aborted)
              .leaves()
              .so("the connection is gone, so all is rolled back", "throw"),
          Mistake.of(
                  "A body that joined throws, and the outer one catches it",
                  "run(() -> { try { run(inner); } catch (Exception e) {} })",
                  EndMistakes::nested)
              .leaves()
              .so(
                  "`run` in `run` is one transaction: it is rolled back, whatever the outer body"
                      + " does",
                  "`transaction(REQUIRES_NEW).run(inner)`, or a savepoint"));

  private interface Step {
    void by(Connection connection) throws SQLException;
  }

  private EndMistakes() {}

  private static Throwable byHand(Shop shop, Step step) {
    return catchThrowable(
        () ->
            shop.run(
                () -> {
                  shop.stock(1);
                  try (Connection connection = shop.orders().getConnection()) {
                    Shop.insert(connection, 1);
                    step.by(connection);
                  }
                }));
  }

  private static Throwable caught(Shop shop) throws Exception {
    Throwable[] told = new Throwable[1];
    shop.run(
        () -> {
          try (Connection connection = shop.orders().getConnection()) {
            Shop.insert(connection, 1);
            told[0] = catchThrowable(connection::commit);
          }
          shop.stock(1);
        });
    return told[0];
  }

  private static Throwable unwrapped(Shop shop) {
    Class<?> driver = shop.place() == Place.H2 ? JdbcConnection.class : PGConnection.class;
    return byHand(shop, connection -> ((Connection) connection.unwrap(driver)).commit());
  }

  private static Throwable aborted(Shop shop) {
    return byHand(shop, connection -> connection.abort(Runnable::run));
  }

  private static Throwable nested(Shop shop) {
    return catchThrowable(
        () ->
            shop.run(
                () -> {
                  shop.insert(1);
                  Shop.swallow(
                      () ->
                          shop.run(
                              () -> {
                                shop.insert(2);
                                throw new IllegalStateException("not in stock");
                              }));
                }));
  }
}
