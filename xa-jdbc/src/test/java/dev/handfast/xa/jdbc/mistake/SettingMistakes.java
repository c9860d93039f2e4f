package dev.handfast.xa.jdbc.mistake;

import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Definitions, and what is set on a connection. */
final class SettingMistakes {

  private static final String TABLE = "CREATE TABLE IF NOT EXISTS other (id INT)";
  private static final String DEFINES = "run(() -> { …; s.execute(\"CREATE TABLE …\"); })";

  private static final String READS = "run(() -> { …; c.setReadOnly(true); insert(c); })";

  static final List<Mistake> ALL =
      List.of(
          Mistake.on(Place.H2, "A definition inside", DEFINES, SettingMistakes::definition)
              .leaves()
              .so(
                  "refused before it runs: H2 would commit what was done before it",
                  "define outside, before the work; migrations (Flyway, Liquibase) too"),
          Mistake.on(Place.POSTGRES, "A definition inside", DEFINES, SettingMistakes::definition)
              .leaves(1)
              .so("part of the transaction, as any statement", "nothing; it holds its locks long"),
          Mistake.on(Place.H2, "`setReadOnly(true)`, and a write", READS, SettingMistakes::readOnly)
              .leaves(1, 2)
              .so("nothing: H2 takes no notice of it", "a user who may only read"),
          Mistake.on(
                  Place.POSTGRES,
                  "`setReadOnly(true)`, and a write",
                  READS,
                  SettingMistakes::readOnly)
              .leaves()
              .so(
                  "for the rest of this transaction the database refuses writes; the next one may"
                      + " write again",
                  "a transaction of its own for what only reads"),
          Mistake.of(
                  "`setTransactionIsolation(…)` after a statement",
                  "run(() -> { …; c.setTransactionIsolation(TRANSACTION_SERIALIZABLE); })",
                  shop -> set(shop, SettingMistakes::serializable))
              .leaves()
              .so("refused; nothing changed by the call", "as the text says"),
          Mistake.on(
                  Place.POSTGRES,
                  "`setTransactionIsolation(…)` before any statement",
                  "run(() -> { c = db.getConnection(); c.setTransactionIsolation(…); … })",
                  SettingMistakes::isolation)
              .leaves(1)
              .so(
                  "works, for this transaction alone",
                  "nothing; run the body again after `40001`, from a statement or from the vote"));

  private interface Step {
    void by(Connection connection) throws SQLException;
  }

  private SettingMistakes() {}

  private static Throwable definition(Shop shop) {
    return set(shop, connection -> Shop.execute(connection, TABLE));
  }

  private static Throwable set(Shop shop, Step step) {
    return catchThrowable(
        () ->
            shop.run(
                () -> {
                  shop.insert(1);
                  try (Connection connection = shop.orders().getConnection()) {
                    step.by(connection);
                  }
                }));
  }

  private static Throwable readOnly(Shop shop) {
    return set(
        shop,
        connection -> {
          shop.stock(2);
          connection.setReadOnly(true);
          Shop.insert(connection, 2);
        });
  }

  private static void serializable(Connection connection) throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
  }

  private static Throwable isolation(Shop shop) {
    return catchThrowable(
        () ->
            shop.run(
                () -> {
                  try (Connection connection = shop.orders().getConnection()) {
                    serializable(connection);
                    Shop.insert(connection, 1);
                  }
                  shop.stock(1);
                }));
  }
}
