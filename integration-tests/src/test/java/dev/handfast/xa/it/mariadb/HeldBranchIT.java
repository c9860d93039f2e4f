package dev.handfast.xa.it.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.it.HookResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.testkit.LogCapture;
import dev.handfast.xa.testkit.network.TcpProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network swallows the connections that have voted, and tells nobody. MariaDB keeps their
 * sessions, and as long as it does it lists their branches and answers NOTA to everybody else.
 *
 * <p>{@code -Pcampaign -Dcampaign.cuts=N} cuts that often. The report is in {@code target/}.
 */
final class HeldBranchIT {

  private static final int AT_A_TIME = 50;
  private static final int CUTS = 2;
  private static final int CAMPAIGN_CUTS = 100;
  private static final Duration NONE = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path serverDirectory;
  private static MariaDbServer server;

  @TempDir private Path directory;
  private final HookResource hook = new HookResource();
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
  private TcpProxy network;
  private JdbcResource orders;
  private JdbcResource stock;
  private Handfast handfast;

  @BeforeAll
  static void startServer() {
    server = MariaDbServer.start(serverDirectory);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void start() throws SQLException {
    server.execute("CREATE OR REPLACE TABLE item (id INT PRIMARY KEY)");
    try (Connection c = DriverManager.getConnection(h2());
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE item (id INT PRIMARY KEY)");
    }
    network = TcpProxy.to("127.0.0.1", server.port()).start();
    orders = JdbcResource.named("orders").url(h2()).maxSize(AT_A_TIME).build();
    // The driver gives up soon, and does not tell the server; recovery has a way of its own.
    var ways =
        List.of(
                MariaDbServer.source(network.port(), "?socketTimeout=1000"),
                MariaDbServer.source(server.port(), ""))
            .iterator();
    stock = JdbcResource.named("stock").xaDataSource(ways::next).maxSize(AT_A_TIME).build();
    handfast =
        Handfast.builder()
            .nodeName("it-held")
            .logStore(LogStore.file(directory.resolve("tx-log")).lockWait(Duration.ZERO))
            .resources(orders, stock, hook)
            .recoveryPeriod(Duration.ofMinutes(10))
            .start();
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
    network.resume();
    network.close();
    handfast.close();
  }

  private String h2() {
    return "jdbc:h2:file:" + directory.resolve("orders") + ";WRITE_DELAY=0";
  }

  @Test
  void noneOfAHundredIsLostWhileTheServerKeepsTheirSessions() throws Exception {
    for (int cut = 0; cut < CUTS; cut++) {
      cutAndMend(cut * AT_A_TIME);
    }
    assertNothingIsLeft();
  }

  @Test
  @Tag("campaign")
  void norIsOneInManyCuts() throws Exception {
    int cuts = Integer.getInteger("campaign.cuts", CAMPAIGN_CUTS);
    long begin = System.nanoTime();
    for (int cut = 0; cut < cuts; cut++) {
      cutAndMend(cut * AT_A_TIME);
    }
    assertNothingIsLeft();
    List<String> lost = new ArrayList<>(ordersRows());
    lost.removeAll(server.column("SELECT id FROM item"));

    report(cuts, lost.size(), Duration.ofNanos(System.nanoTime() - begin));
    assertThat(ordersRows()).hasSize(cuts * AT_A_TIME);
    assertThat(lost).isEmpty();
  }

  private static void report(int cuts, int lost, Duration time) throws IOException {
    Files.writeString(
        Files.createDirectories(Path.of("target")).resolve("held-branch-campaign.md"),
        cuts
            + " cuts, "
            + cuts * AT_A_TIME
            + " transactions whose commit did not reach MariaDB, "
            + lost
            + " lost, in "
            + time.toSeconds()
            + " s\n");
  }

  private void cutAndMend(int first) throws Exception {
    cutOffBetweenVotesAndDecision(first);
    assertThat(ordersRows()).hasSize(first + AT_A_TIME);
    assertHeldAndSaidOnce();
    assertThat(server.column("SELECT id FROM item")).hasSize(first);

    // Now the server hears of it.
    network.resume();

    RecoveryReport report = handfast.recovery().recover(PATIENCE);
    assertThat(report.isComplete()).isTrue();
    assertThat(server.column("SELECT id FROM item ORDER BY id")).isEqualTo(ordersRows());
  }

  private void assertNothingIsLeft() {
    assertThat(handfast.recovery().status().logged()).isZero();
    assertThat(handfast.recovery().status().attention())
        .noneMatch(concern -> concern.contains("live session"));
    assertThat(server.column("XA RECOVER")).isEmpty();
  }

  private void assertHeldAndSaidOnce() {
    try (LogCapture log = new LogCapture("dev.handfast")) {
      for (int pass = 0; pass < 3; pass++) {
        RecoveryReport report = handfast.recovery().recover(NONE);
        assertThat(report.committed()).isZero();
        assertThat(report.unresolved()).isEqualTo(AT_A_TIME);
      }
      assertThat(log.lines()).filteredOn(line -> line.contains("HANDFAST001080")).hasSize(1);
    }
    assertThat(handfast.recovery().status().logged()).isEqualTo(AT_A_TIME);
    assertThat(handfast.recovery().status().attention())
        .contains("'stock' lists " + AT_A_TIME + " branches that live sessions of it hold");
    assertThat(handfast.recovery().inDoubt(Filter.all()).transactions())
        .hasSize(AT_A_TIME)
        .allSatisfy(
            transaction ->
                assertThat(transaction.branches())
                    .filteredOn(branch -> branch.state() == InDoubtBranch.State.PREPARED)
                    .singleElement()
                    .satisfies(
                        branch ->
                            assertThat(branch.waitsFor()).contains("'stock'", "live session")));
  }

  /** Each thread votes on both databases; when all have, the network swallows everything. */
  private void cutOffBetweenVotesAndDecision(int first) throws Exception {
    CyclicBarrier allHaveVoted = new CyclicBarrier(AT_A_TIME, network::drop);
    List<Future<?>> ends =
        IntStream.range(first, first + AT_A_TIME)
            .<Future<?>>mapToObj(id -> threads.submit(() -> book(id, allHaveVoted)))
            .toList();
    for (Future<?> end : ends) {
      end.get();
    }
  }

  private Void book(int id, CyclicBarrier allHaveVoted) throws Exception {
    handfast.run(
        () -> {
          insert(handfast.resource(orders), id);
          insert(handfast.resource(stock), id);
          handfast.resource(hook).enlist(() -> await(allHaveVoted));
        });
    return null;
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insert(DataSource database, int id) throws SQLException {
    try (Connection c = database.getConnection();
        Statement s = c.createStatement()) {
      s.execute("INSERT INTO item VALUES (" + id + ")");
    }
  }

  private List<String> ordersRows() throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection c = DriverManager.getConnection(h2());
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery("SELECT id FROM item ORDER BY id")) {
      while (r.next()) {
        rows.add(r.getString(1));
      }
    }
    return rows;
  }
}
