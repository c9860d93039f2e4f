package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransaction;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed and started again under a pool full of connections. */
final class PostgresRestartTest {

  private static final int SIZE = 6;

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();

  @Test
  void onlyWhatWasInFlightFails() throws Exception {
    try (PostgresServer server = PostgresServer.start(directory.resolve("pg"))) {
      PostgresFixture pg = PostgresFixture.fresh(server);
      ResourceManager<DataSource> manager =
          pg.open(transactions, builder -> builder.minSize(SIZE).maxSize(SIZE));
      fill(manager.handle());
      ManualTransaction inFlight = transactions.begin();
      H2Fixture.insert(manager.handle(), 1000);
      server.kill();
      server.restart();

      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> H2Fixture.insert(manager.handle(), 1001));
      inFlight.complete();
      transactions.leave();

      assertThat(failure.getSQLState()).matches("08...|57P..");
      for (int id = 0; id < 2 * SIZE; id++) {
        ManualTransaction tx = transactions.begin();
        H2Fixture.insert(manager.handle(), id);
        tx.commit();
        transactions.leave();
      }
      assertThat(pg.items()).hasSize(2 * SIZE);
      manager.close();
    }
  }

  private static void fill(DataSource source) throws SQLException {
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      all.add(source.getConnection());
    }
    for (Connection each : all) {
      each.close();
    }
  }
}
