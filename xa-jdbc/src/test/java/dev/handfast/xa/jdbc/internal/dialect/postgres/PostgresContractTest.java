package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.testkit.contract.ServerContract;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class PostgresContractTest extends ServerContract<DataSource> {

  @TempDir private static Path directory;
  private static PostgresServer server;
  private PostgresFixture pg;

  @BeforeAll
  static void start() {
    server = PostgresServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  @BeforeEach
  protected void openAdapter() {
    pg = PostgresFixture.fresh(server);
    super.openAdapter();
  }

  @Override
  protected Resource<DataSource> resource() {
    return pg.resource(builder -> builder);
  }

  @Override
  protected void work(DataSource handle, int id) throws SQLException {
    H2Fixture.insert(handle, id);
  }

  @Override
  protected List<Integer> done() {
    return pg.items().stream().map(Integer::valueOf).toList();
  }

  @Override
  protected void killServer() {
    server.kill();
  }

  @Override
  protected void startServer() {
    server.restart();
  }

  @Override
  protected void pauseServer() {
    server.pause();
  }

  @Override
  protected void resumeServer() {
    server.resume();
  }
}
