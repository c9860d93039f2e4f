package dev.handfast.xa.jdbc.mistake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What is forgotten, or closed too early. */
final class PoolMistakes {

  private static final int MANY = 500;

  static final List<Mistake> ALL =
      List.of(
          Mistake.of(
                  "A connection is not closed inside",
                  "run(() -> insert(db.getConnection()))",
                  PoolMistakes::leakedInside)
              .leaves(1, 2, 3, 4)
              .so(
                  "commits; the end of the transaction gives the connection back",
                  "close it all the same, since outside nobody does"),
          Mistake.of(
                  "Connections are not closed outside",
                  "db.getConnection(); db.getConnection(); db.getConnection();",
                  PoolMistakes::leakedOutside)
              .leaves()
              .so(
                  "when the pool is empty, the next caller waits for `acquisition-timeout`",
                  "try-with-resources; look at the counts: active is what was not closed"),
          Mistake.of(
                  MANY + " connections are opened in one transaction and not used",
                  "run(() -> { for (…) db.getConnection(); … })",
                  PoolMistakes::many)
              .leaves(1)
              .so("commits: all of them are the one connection of the transaction", "nothing"),
          Mistake.of(
                  "A connection is opened and not used",
                  "run(() -> { try (c = db.getConnection()) {} … })",
                  PoolMistakes::unused)
              .leaves(List.of(), List.of(1))
              .so("commits: its branch has nothing to do", "nothing"),
          Mistake.of(
                  "Rows and statements are not closed",
                  "run(() -> c.createStatement().executeQuery(…).next())",
                  PoolMistakes::openRows)
              .leaves(1, 2, 3, 4)
              .so(
                  "commits; they are closed with the transaction",
                  "close them all the same: until then they hold memory, and a cursor"),
          Mistake.of(
                  "`setAutoCommit(false)` outside, and no `commit()` before `close()`",
                  "c.setAutoCommit(false); insert(c); c.close();",
                  PoolMistakes::uncommitted)
              .leaves()
              .so("rolled back, since nobody committed it", "`commit()`, or `run`"),
          Mistake.of(
                  "A connection is used after its `close()`",
                  "c.close(); c.createStatement();",
                  PoolMistakes::closedConnection)
              .leaves()
              .so("refused", "`getConnection()` again: inside it is the same one"),
          Mistake.of(
                  "`getConnection(user, password)`",
                  "db.getConnection(\"ann\", \"…\")",
                  shop -> catchThrowable(() -> shop.orders().getConnection("ann", "secret")))
              .leaves()
              .so("refused", "a resource for each user"),
          Mistake.of(
                  "The runtime is closed, and the pool with it",
                  "handfast.close(); db.getConnection();",
                  PoolMistakes::closedPool)
              .leaves()
              .so("refused", "close the runtime last"),
          Mistake.of(
                  "The runtime is closed",
                  "handfast.close(); handfast.run(…);",
                  PoolMistakes::closedRuntime)
              .leaves()
              .so("refused", "close the runtime last; `drain` first, if work still comes in"));

  private PoolMistakes() {}

  private static Throwable leakedInside(Shop shop) throws Exception {
    for (int i = 1; i <= 2 * Shop.POOL; i++) {
      int id = i;
      shop.run(
          () -> {
            shop.stock(id);
            Shop.insert(shop.orders().getConnection(), id);
          });
    }
    return null;
  }

  private static Throwable leakedOutside(Shop shop) throws Exception {
    List<Connection> leaked = new ArrayList<>();
    for (int i = 0; i < Shop.POOL; i++) {
      leaked.add(shop.orders().getConnection());
    }
    Throwable told = catchThrowable(() -> shop.orders().getConnection());
    for (Connection connection : leaked) {
      connection.close();
    }
    return told;
  }

  private static Throwable many(Shop shop) throws Exception {
    shop.run(
        () -> {
          for (int i = 0; i < MANY; i++) {
            assertThat(shop.orders().getConnection().isClosed()).isFalse();
          }
          shop.insert(1);
        });
    return null;
  }

  private static Throwable unused(Shop shop) throws Exception {
    shop.run(
        () -> {
          try (Connection connection = shop.orders().getConnection()) {
            assertThat(connection.isClosed()).isFalse();
          }
          shop.stock(1);
        });
    return null;
  }

  private static Throwable openRows(Shop shop) throws Exception {
    for (int i = 1; i <= 2 * Shop.POOL; i++) {
      int id = i;
      ResultSet open =
          shop.handfast.call(
              () -> {
                shop.insert(id);
                ResultSet rows =
                    shop.orders()
                        .getConnection()
                        .createStatement()
                        .executeQuery("SELECT id FROM item");
                assertThat(rows.next()).isTrue();
                return rows;
              });
      assertThat(open.isClosed()).isTrue();
    }
    return null;
  }

  private static Throwable uncommitted(Shop shop) throws Exception {
    try (Connection connection = shop.orders().getConnection()) {
      connection.setAutoCommit(false);
      Shop.insert(connection, 1);
    }
    return null;
  }

  private static Throwable closedConnection(Shop shop) {
    return catchThrowable(
        () ->
            shop.run(
                () -> {
                  shop.stock(1);
                  Connection connection = shop.orders().getConnection();
                  connection.close();
                  try (Statement statement = connection.createStatement()) {
                    statement.execute("INSERT INTO item VALUES (1)");
                  }
                }));
  }

  private static Throwable closedPool(Shop shop) {
    shop.closeRuntime();
    return catchThrowable(() -> shop.orders().getConnection());
  }

  private static Throwable closedRuntime(Shop shop) {
    shop.closeRuntime();
    return catchThrowable(() -> shop.run(() -> shop.insert(1)));
  }
}
