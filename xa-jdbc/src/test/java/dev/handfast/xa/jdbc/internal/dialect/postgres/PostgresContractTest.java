package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.XidKey;
import dev.handfast.xa.testkit.contract.ServerContract;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresContractTest extends ServerContract<DataSource> {

  private static final String BACKENDS =
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
          + " AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

  private static final String GIVE_UP_THE_STANDBY =
      "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
          + " AND wait_event = 'SyncRep'";

  @TempDir private static Path directory;
  private static PostgresServer server;
  private PostgresFixture pg;
  private List<String> backends = List.of();

  @BeforeAll
  static void start() {
    // A commit waits for a standby that never comes, where a role asks for that.
    server =
        PostgresServer.builder(directory)
            .setting("synchronous_standby_names", "absent")
            .setting("synchronous_commit", "local")
            .start();
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
    backends = backends();
    server.pause();
  }

  /**
   * Who gave up waiting has closed the connection, and the backend behind it ends when it is done
   * with the last order. Until then PostgreSQL answers that the branch is busy.
   */
  @Override
  protected void resumeServer() {
    server.resume();
    await().until(() -> !backends().containsAll(backends));
  }

  /** What recovery can be told while the server still carries out an order nobody waits for. */
  @Test
  void whileItCarriesOutOneOrderItRefusesASecondAndListsTheBranch() throws Exception {
    Xid xid = pg.prepared(1);
    server.admin().execute("ALTER ROLE " + pg.name() + " SET synchronous_commit = on");

    assertThat(codeOf(() -> recovery().commit(xid, false))).isEqualTo(XAException.XA_RETRY);
    assertThat(codeOf(() -> recovery().commit(xid, false))).isEqualTo(XAException.XAER_RMERR);
    assertThat(codeOf(() -> recovery().rollback(xid))).isEqualTo(XAException.XAER_RMERR);
    assertThat(Stream.of(list()).map(XidKey::of)).containsExactly(XidKey.of(xid));

    assertThat(pg.admin().column(GIVE_UP_THE_STANDBY)).containsExactly("t");
    await().until(() -> list().length == 0);
    assertThat(codeOf(() -> recovery().commit(xid, false))).isEqualTo(XAException.XAER_NOTA);
    assertThat(done()).containsExactly(1);
  }

  private List<String> backends() {
    return pg.admin().column(BACKENDS);
  }
}
