package dev.handfast.xa.jdbc.internal.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.testkit.LogCapture;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PooledDataSourceTest {

  private static final String WRONG = "n0t-the-passw0rd";

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();

  @Test
  void tellsWhyNoConnectionCameFree() throws Exception {
    var manager =
        H2Fixture.in(directory)
            .open(
                transactions,
                builder -> builder.maxSize(2).acquisitionTimeout(Duration.ofMillis(150)));
    try (Connection one = manager.handle().getConnection();
        Connection two = manager.handle().getConnection()) {
      assertThat(one).isNotEqualTo(two);
      assertThatThrownBy(manager.handle()::getConnection)
          .isInstanceOf(SQLException.class)
          .hasMessageMatching(
              "Resource 'orders': no connection came free within \\d+ ms"
                  + " \\(handfast\\.datasource\\.orders\\.acquisition-timeout = 150ms\\):"
                  + " total 2 of max-size 2, active 2 \\(of these in doubt 0\\), idle 0, waiting 1\\."
                  + " To solve this, close connections sooner, or raise"
                  + " handfast\\.datasource\\.orders\\.max-size\\.");
    }
    manager.close();
  }

  @Test
  void leavesNoThreadNoConnectionAndNoOpenDatabase() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    H2Fixture db = H2Fixture.in(directory);
    var manager = db.open(transactions, builder -> builder.minSize(3).maxSize(5));
    Connection leaked = manager.handle().getConnection();
    var tx = transactions.begin();
    H2Fixture.insert(manager.handle(), 1);
    tx.commit();
    H2Fixture.list(manager.recoveryResource());
    assertThat(poolThreads(before)).isNotEmpty();

    manager.close();

    await().untilAsserted(() -> assertThat(poolThreads(before)).isEmpty());
    assertThat(leaked.isClosed()).isTrue();
    Files.move(directory.resolve("orders.mv.db"), directory.resolve("moved.mv.db"));
    assertThat(new H2Fixture(db.url().replace("orders", "moved")).items()).containsExactly(1);
    transactions.leave();
    assertThatThrownBy(manager.handle()::getConnection)
        .hasMessageContaining("'orders'")
        .hasMessageContaining("closed");
  }

  @Test
  void replacesConnectionsThatWereLost() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    var manager = db.open(transactions, builder -> builder.maxSize(1));
    JdbcConnection lost;
    try (Connection connection = manager.handle().getConnection()) {
      lost = H2Fixture.physical(connection);
      db.run("CALL ABORT_SESSION(" + H2Fixture.session(connection) + ")");
      assertThatThrownBy(() -> H2Fixture.session(connection)).isInstanceOf(SQLException.class);
    }

    try (Connection connection = manager.handle().getConnection()) {
      assertThat(H2Fixture.physical(connection)).isNotSameAs(lost);
    }
    manager.close();
  }

  /** H2 would close its file for everybody. */
  @Test
  void opensH2ApartFromTheInterruptsOfItsCaller() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    db.run("CREATE ALIAS NAP FOR 'java.lang.Thread.sleep(long)'");
    var manager =
        new H2Fixture(db.url() + ";INIT=CALL NAP(700)").open(transactions, builder -> builder);
    var taken =
        new FutureTask<>(
            () -> {
              try (Connection connection = manager.handle().getConnection()) {
                return H2Fixture.session(connection) > 0 && Thread.interrupted();
              }
            });
    Thread taker = new Thread(taken);
    taker.start();
    await()
        .until(
            () ->
                Thread.getAllStackTraces().values().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(frame -> frame.getClassName().equals("org.h2.engine.Engine")));

    taker.interrupt();

    assertThat(taken.get(30, TimeUnit.SECONDS)).isTrue();
    manager.close();
  }

  @Test
  void needsNoDatabaseToBeOpened() throws Exception {
    var manager =
        H2Fixture.unusable(directory).open(transactions, builder -> builder.requiredAtStart(false));

    assertThat(manager.requiredAtStart()).isFalse();
    assertThatThrownBy(manager.handle()::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Resource 'orders'")
        .hasMessageContaining("cannot connect");
    manager.close();
  }

  @Test
  void printsNoPassword() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    try (LogCapture log = new LogCapture("dev.handfast.xa.jdbc");
        Connection holder = db.connect()) {
      assertThat(holder.isClosed()).isFalse();
      var wrong = JdbcResource.named("orders").url(db.url()).username("sa").password(WRONG).build();
      var inUrl = JdbcResource.named("orders").url(db.url() + ";USER=sa;PASSWORD=" + WRONG).build();
      var unknown =
          JdbcResource.named("orders")
              .url("jdbc:h2:orders;PASSWORD=" + WRONG)
              .username("sa")
              .build();
      for (JdbcResource resource : new JdbcResource[] {wrong, inUrl, unknown}) {
        var manager = resource.open(transactions);
        var texts = new StringWriter();
        texts.append(resource.toString()).append(manager.description().toString());
        texts.append(manager.handle().toString());
        assertThatThrownBy(manager.handle()::getConnection)
            .satisfies(e -> e.printStackTrace(new PrintWriter(texts)));
        db.items(); // each wrong login makes H2 hold up the next one for longer
        assertThatThrownBy(() -> H2Fixture.list(manager.recoveryResource()))
            .satisfies(e -> e.printStackTrace(new PrintWriter(texts)));
        db.items();
        texts.append(manager.preflight().toString());
        db.items();
        manager.close();
        assertThat(texts.toString()).contains("orders").doesNotContain(WRONG);
      }
      assertThat(String.join("\n", log.lines())).doesNotContain(WRONG);
    }
  }

  @Test
  void takesCredentialsOutOfTheUrl() throws Exception {
    H2Fixture db = H2Fixture.in(directory);
    var manager =
        JdbcResource.named("orders")
            .url(db.url() + ";USER=" + H2Fixture.USER + ";PASSWORD=" + H2Fixture.PASSWORD)
            .build()
            .open(transactions);

    assertThat(manager.preflight()).isEmpty();
    assertThat(manager.description().url()).endsWith(";USER=sa;PASSWORD=***");
    manager.close();
  }

  private static Set<Thread> poolThreads(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread) && thread.getName().startsWith("agroal"))
        .collect(Collectors.toSet());
  }
}
