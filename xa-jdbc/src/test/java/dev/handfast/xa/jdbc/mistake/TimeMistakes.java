package dev.handfast.xa.jdbc.mistake;

import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A thing is used in another time than its own. */
final class TimeMistakes {

  private static final String SHORTER =
      "a longer timeout, or less in one transaction; after a timeout, begin again";

  static final List<Mistake> ALL =
      List.of(
          Mistake.of(
                  "A connection is taken before `run` and used inside",
                  "c = db.getConnection(); run(() -> insert(c));",
                  TimeMistakes::before)
              .leaves()
              .so("refused", "`getConnection()` inside"),
          Mistake.of(
                  "A connection is taken inside and used after `run`",
                  "c = call(() -> db.getConnection()); insert(c);",
                  TimeMistakes::after)
              .leaves(1)
              .so(
                  "what was done inside is committed; the connection went back to the pool, and is"
                      + " closed for whoever kept it",
                  "`getConnection()` where the work is done"),
          Mistake.of(
                  "A statement is used after `close()`",
                  "s.close(); s.execute(…);",
                  TimeMistakes::closed)
              .leaves()
              .so("refused", "try-with-resources around all of its use"),
          Mistake.of(
                  "The transaction times out in the middle",
                  "transaction(REQUIRED).timeout(1 s).run(() -> { …; tooLong(); insert(c); })",
                  TimeMistakes::nextStatement)
              .leaves()
              .so("rolled back at the timeout; the next statement is refused", SHORTER),
          Mistake.of(
                  "The same, and the body catches that, or does nothing more",
                  "transaction(REQUIRED).timeout(1 s).run(() -> { …; tooLong(); })",
                  TimeMistakes::tooLong)
              .leaves()
              .so("`run` never returns as if it had committed", SHORTER),
          Mistake.on(
                  Place.POSTGRES,
                  "The timeout comes while a statement runs",
                  "transaction(REQUIRED).timeout(1 s).run(() -> s.execute(\"SELECT pg_sleep(60)\"))",
                  TimeMistakes::inStatement)
              .leaves()
              .so("the statement is cancelled", SHORTER),
          Mistake.of(
                  "Rows are read after `run`",
                  "rows = call(() -> s.executeQuery(…)); rows.next();",
                  TimeMistakes::rowsAfter)
              .leaves(1)
              .so("refused", "read them inside, and return values"));

  private TimeMistakes() {}

  private static Throwable before(Shop shop) throws Exception {
    try (Connection early = shop.orders().getConnection()) {
      return catchThrowable(
          () ->
              shop.run(
                  () -> {
                    shop.stock(1);
                    Shop.insert(early, 1);
                  }));
    }
  }

  private static Throwable after(Shop shop) throws Exception {
    Connection late =
        shop.handfast.call(
            () -> {
              Connection connection = shop.orders().getConnection();
              Shop.insert(connection, 1);
              shop.stock(1);
              return connection;
            });
    return catchThrowable(() -> Shop.insert(late, 2));
  }

  private static Throwable closed(Shop shop) {
    return catchThrowable(
        () ->
            shop.run(
                () -> {
                  shop.stock(1);
                  try (Connection connection = shop.orders().getConnection()) {
                    Statement statement = connection.createStatement();
                    statement.close();
                    statement.execute("INSERT INTO item VALUES (1)");
                  }
                }));
  }

  private static Throwable nextStatement(Shop shop) {
    return briefly(
        shop,
        connection -> {
          shop.awaitTimeout();
          Shop.insert(connection, 2);
        });
  }

  private static Throwable tooLong(Shop shop) {
    return briefly(
        shop,
        connection -> {
          shop.awaitTimeout();
          Shop.swallow(() -> Shop.insert(connection, 2));
        });
  }

  private static Throwable inStatement(Shop shop) {
    return briefly(shop, connection -> Shop.execute(connection, "SELECT pg_sleep(60)"));
  }

  private interface Work {
    void by(Connection connection) throws Exception;
  }

  private static Throwable briefly(Shop shop, Work work) {
    return catchThrowable(
        () ->
            shop.handfast
                .transaction(TxType.REQUIRED)
                .timeout(Duration.ofSeconds(1))
                .run(
                    () -> {
                      try (Connection connection = shop.orders().getConnection()) {
                        Shop.insert(connection, 1);
                        shop.stock(1);
                        work.by(connection);
                      }
                    }));
  }

  private static Throwable rowsAfter(Shop shop) throws Exception {
    shop.insert(1);
    ResultSet rows =
        shop.handfast.call(
            () ->
                shop.orders()
                    .getConnection()
                    .createStatement()
                    .executeQuery("SELECT id FROM item"));
    return catchThrowable(rows::next);
  }
}
