package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.spi.BreakableXaResource;
import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier owner of a connection does must not reach the present one. The pool has one. */
final class GivenBackTest {

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();
  private H2Fixture db;
  private ResourceManager<DataSource> manager;

  /** Is the call that throws an Error, empty if none does. */
  private String failing = "";

  @BeforeEach
  void open() throws SQLException {
    db = H2Fixture.in(directory);
    manager =
        db.resource(builder -> builder.maxSize(1).acquisitionTimeout(Duration.ofMillis(300)))
            .open(
                proxy(
                    ResourceContext.class,
                    transactions,
                    answer ->
                        answer instanceof GlobalTransaction transaction
                            ? proxy(GlobalTransaction.class, transaction, same -> same)
                            : answer));
  }

  @AfterEach
  void close() {
    transactions.leave();
    manager.close();
  }

  private interface Change {
    Object of(Object answer);
  }

  private <T> T proxy(Class<T> type, T target, Change change) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, args) -> {
              if (method.getName().equals(failing)) {
                throw new AssertionError("no " + failing);
              }
              try {
                return change.of(method.invoke(target, args));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void isNotTakenByAHandleOfItsEarlierOwner(boolean inTransaction, boolean abort) throws Exception {
    Connection old;
    if (inTransaction) {
      var tx = transactions.begin();
      old = manager.handle().getConnection();
      tx.rollback();
      transactions.leave();
    } else {
      old = manager.handle().getConnection();
      old.close();
    }
    try (Connection owner = manager.handle().getConnection()) {
      if (abort) {
        old.abort(Runnable::run);
      } else {
        old.close();
      }

      assertThat(old.isClosed()).isTrue();
      assertThatThrownBy(() -> H2Fixture.insert(manager.handle(), 1))
          .hasMessageContaining("active 1");
      H2Fixture.execute(owner, "INSERT INTO item VALUES(2)");
    }
    H2Fixture.insert(manager.handle(), 3);
    assertThat(db.items()).containsExactly(2, 3);
  }

  @Test
  void isNotBrokenOffForABranchOfItsEarlierOwner() throws Exception {
    var earlier = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);
    earlier.commit();
    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 2);

    ((BreakableXaResource) earlier.branch().resource()).breakOff();

    H2Fixture.insert(manager.handle(), 3);
    tx.commit();
    assertThat(db.items()).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"enlist", "put", "register"})
  void isNotLentAgainInTheStateInWhichAnErrorLeftIt(String call) throws Exception {
    var tx = transactions.begin();
    failing = call;

    assertThatThrownBy(() -> manager.handle().getConnection()).hasMessage("no " + call);

    failing = "";
    assertThat(tx.acceptsWork()).isFalse();
    if (!call.equals("enlist")) {
      transactions.leave();
      assertThatThrownBy(() -> manager.handle().getConnection()).hasMessageContaining("active 1");
    }
    tx.rollback();
    transactions.leave();
    try (Connection connection = manager.handle().getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
    }
    assertThat(db.items()).containsExactly(1);
  }
}
