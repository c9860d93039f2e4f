package dev.handfast.xa.transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.jdbc.JdbcResource;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a method declares reaches the transaction that begins for it. */
final class DeclaredTransactionTest extends ProxyFixture {

  @TempDir Path directory;

  @Timeout("50ms")
  @Label("slow orders")
  static class Slow {
    private final Handfast handfast;

    Slow(Handfast handfast) {
      this.handfast = handfast;
    }

    @Transactional
    void untilTimeout() throws InterruptedException {
      CountDownLatch over = new CountDownLatch(1);
      handfast
          .synchronizationRegistry()
          .registerInterposedSynchronization(
              new Synchronization() {
                @Override
                public void beforeCompletion() {}

                @Override
                public void afterCompletion(int status) {
                  over.countDown();
                }
              });
      assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Transactional
    @Timeout("1h")
    @Label("named")
    Object label() {
      return MDC.get("handfast.label");
    }

    @Transactional
    void byHand() throws Exception {
      handfast.userTransaction().begin();
    }
  }

  private Slow slow() {
    return handfast.transactional(Slow.class, new Slow(handfast));
  }

  @Test
  void theTimeoutOfItsClass() {
    assertThatExceptionOfType(RolledBackException.class)
        .isThrownBy(() -> slow().untilTimeout())
        .withMessageContaining("timed out after 50 ms");
  }

  @Test
  void aConfiguredTimeoutTakesThePlaceOfTheAnnotation() {
    handfast.close();
    handfast =
        start(
            Map.of(
                "handfast.transactional.\"" + Slow.class.getName() + ".untilTimeout\".timeout",
                "75ms"));

    assertThatExceptionOfType(RolledBackException.class)
        .isThrownBy(() -> slow().untilTimeout())
        .withMessageContaining("timed out after 75 ms");
  }

  @Test
  void theLabelOfTheMethodOverrulesThatOfItsClass() {
    assertThat(slow().label()).isEqualTo("named");
  }

  @Test
  void aTimeoutHasNoEffectWhereTheMethodJoins() {
    handfast.run(() -> assertThat(slow().label()).isNull());
  }

  @Test
  void userTransactionInsideIsToldByTheMethodsName() {
    assertThatIllegalStateException()
        .isThrownBy(() -> slow().byHand())
        .withMessageContaining(Slow.class.getName() + ".byHand runs, which declares");
  }

  interface Shop {
    @Transactional
    void sell(String item) throws SQLException;

    @Transactional(rollbackOn = IOException.class)
    void sellAndFail(String item, Exception failure) throws Exception;
  }

  record DatabaseShop(DataSource database) implements Shop {
    @Override
    public void sell(String item) throws SQLException {
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate("INSERT INTO sale VALUES ('" + item + "')");
      }
    }

    @Override
    public void sellAndFail(String item, Exception failure) throws Exception {
      sell(item);
      throw failure;
    }
  }

  @Test
  void rowsInADatabaseFollowTheRules() throws Exception {
    handfast.close();
    var orders = JdbcResource.named("orders").url("jdbc:h2:" + directory.resolve("db")).build();
    handfast =
        Handfast.builder()
            .nodeName("proxies-1")
            .logStore(LogStore.inMemory())
            .resources(orders)
            .start();
    DataSource database = handfast.resource(orders);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE sale (item VARCHAR(20))");
    }
    Shop shop = handfast.transactional(Shop.class, new DatabaseShop(database));

    shop.sell("lantern");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> shop.sellAndFail("rolled back", new IOException()));
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> shop.sellAndFail("committed", new SQLException()));

    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT LISTAGG(item, ',') FROM sale")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("lantern,committed");
    }
    assertThat(handfast.synchronizationRegistry().getTransactionStatus())
        .isEqualTo(Status.STATUS_NO_TRANSACTION);
  }
}
