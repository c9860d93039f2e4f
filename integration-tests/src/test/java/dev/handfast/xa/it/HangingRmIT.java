package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that accepts connections and never answers. */
class HangingRmIT {

  /** What is taken by the work itself, on a busy machine. */
  private static final Duration WORK = Duration.ofMillis(1500);

  @TempDir Path directory;
  BrokerProcess broker;
  PostgresServer postgres;
  PostgresWorld world;

  @BeforeEach
  void start() throws Exception {
    broker = BrokerProcess.start(directory.resolve("broker"));
    postgres = PostgresServer.start(directory.resolve("postgres"));
    world = new PostgresWorld(directory, broker, postgres, "hanging");
    world.start();
  }

  @AfterEach
  void stop() {
    world.close();
    postgres.close();
    broker.close();
  }

  @Test
  void theOthersBranchesWaitForOneCallTimeoutAtMost() throws Exception {
    decidedAndNotCarriedOut();
    broker.restart();
    postgres.restart();
    postgres.pause();

    long start = System.nanoTime();
    var recovery =
        CompletableFuture.supplyAsync(
            () -> world.handfast().recovery().recover(Duration.ofSeconds(1)));
    await().pollInterval(Duration.ofMillis(20)).until(() -> messages() == 1);
    Duration delay = Duration.ofNanos(System.nanoTime() - start);
    RecoveryReport hanging = recovery.join();

    assertThat(delay).isLessThan(PostgresWorld.CALL_TIMEOUT.plus(WORK));
    assertThat(hanging.unreachable()).containsExactly("stock");
    assertThat(world.handfast().recovery().status().logged()).isEqualTo(1);
    assertThat(world.messages()).as("the other one waits for its row").containsExactly("four");

    postgres.resume();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> world.handfast().recovery().recover(Duration.ofSeconds(1)).isComplete());
    assertThat(world.rowsOfStock()).containsExactly("2");
    assertThat(world.messages()).containsExactly("three");
    world.assertNothingInDoubt();
  }

  /** Found hanging once, it costs the following passes nothing. */
  @Test
  void theDelayIsPaidOnceForEachOutage() throws Exception {
    postgres.pause();
    world.handfast().recovery().recover(Duration.ofMillis(1));
    try {
      long start = System.nanoTime();
      for (int pass = 0; pass < 3; pass++) {
        world.handfast().recovery().recover(Duration.ofMillis(1));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(PostgresWorld.CALL_TIMEOUT.multipliedBy(3));
    } finally {
      postgres.resume();
    }
  }

  /** Four that never answer cost a start what one of them costs. */
  @Test
  void aStartWaitsForAllThatHangAtOnce() {
    world.close();
    List<Resource<?>> all = new ArrayList<>();
    for (String name : List.of("first", "second", "third", "fourth")) {
      all.add(
          JdbcResource.named(name)
              .url(postgres.admin().url())
              .username("nobody")
              .password("nothing")
              .requiredAtStart(false)
              .build());
    }
    postgres.pause();
    try {
      Duration one = startWith(all.subList(0, 1));
      Duration four = startWith(all);

      assertThat(four).isLessThan(one.plus(PostgresWorld.CALL_TIMEOUT).plus(WORK));
    } finally {
      postgres.resume();
    }
  }

  private Duration startWith(List<Resource<?>> resources) {
    long start = System.nanoTime();
    try (Handfast handfast =
        Handfast.builder()
            .nodeName("it-start")
            .logStore(LogStore.file(directory.resolve("log-" + resources.size())))
            .resources(resources.toArray(Resource<?>[]::new))
            .recoveryPeriod(Duration.ofMinutes(10))
            .recoveryCallTimeout(PostgresWorld.CALL_TIMEOUT)
            .start()) {
      Duration taken = Duration.ofNanos(System.nanoTime() - start);
      assertThat(handfast.recovery().status().startup().unreachable())
          .isEqualTo(resources.stream().map(Resource::name).toList());
      return taken;
    }
  }

  /** Two, of which one has no part in the database that will hang. */
  private void decidedAndNotCarriedOut() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.insert(world.stock(), 2);
              world.send("three");
              world.hook(
                  () ->
                      CompletableFuture.runAsync(() -> decidedWithoutStock("four", this::killBoth))
                          .join());
            });
    assertThat(world.rowsOfOrders()).isEqualTo(List.of("1", "4"));
  }

  private void decidedWithoutStock(String text, Runnable atPrepare) {
    world
        .handfast()
        .run(
            () -> {
              insertIntoOrders(4);
              world.send(text);
              world.hook(atPrepare);
            });
  }

  private void insertIntoOrders(int id) {
    try {
      world.insert(world.orders(), id);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void killBoth() {
    postgres.kill();
    broker.kill();
  }

  private long messages() {
    return new BrokerQueues(broker.url()).count(world.queue());
  }
}
