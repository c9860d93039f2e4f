package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL beside H2 and the broker, as branches of the same transactions. */
class PostgresIT {

  @TempDir static Path servers;
  static BrokerProcess broker;
  static PostgresServer postgres;

  @TempDir Path directory;
  PostgresWorld world;

  @BeforeAll
  static void startServers() {
    broker = BrokerProcess.start(servers.resolve("broker"));
    postgres = PostgresServer.start(servers.resolve("postgres"));
  }

  @AfterAll
  static void stopServers() {
    postgres.close();
    broker.close();
  }

  @BeforeEach
  void start(TestInfo test) throws SQLException {
    String name = test.getTestMethod().orElseThrow().getName();
    world = new PostgresWorld(directory, broker, postgres, name);
    world.start();
  }

  @AfterEach
  void stop() {
    world.close();
  }

  private void work() throws SQLException {
    world.insert(world.orders(), 1);
    world.insert(world.stock(), 2);
    world.send("three");
  }

  private void assertAllDone() throws Exception {
    assertThat(world.rowsOfOrders()).containsExactly("1");
    assertThat(world.rowsOfStock()).containsExactly("2");
    assertThat(world.messages()).containsExactly("three");
    world.assertNothingInDoubt();
  }

  private void assertNothingDone() throws Exception {
    assertThat(world.rowsOfOrders()).isEmpty();
    assertThat(world.rowsOfStock()).isEmpty();
    assertThat(world.messages()).isEmpty();
    world.assertNothingInDoubt();
  }

  @Test
  void allThreeCommit() throws Exception {
    world.handfast().run(this::work);

    assertAllDone();
  }

  @Test
  void allThreeRollBack() throws Exception {
    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          work();
                          throw new IllegalStateException("mine");
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mine");

    assertNothingDone();
  }

  /** PostgreSQL would report a vote here, and the row would be missing from what is committed. */
  @Test
  void aSwallowedFailureRollsEverythingBack() throws Exception {
    RolledBackException outcome =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          work();
                          assertThatThrownBy(() -> world.insert(world.stock(), 2))
                              .isInstanceOf(SQLException.class);
                        }));

    assertThat(outcome.resource()).contains("stock");
    assertThat(outcome).hasStackTraceContaining("25P02");
    assertNothingDone();
  }

  @Test
  void aSwallowedFailureOfALoneBranchRollsItBack() throws Exception {
    RolledBackException outcome =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          world.insert(world.stock(), 2);
                          assertThatThrownBy(() -> world.insert(world.stock(), 2))
                              .isInstanceOf(SQLException.class);
                        }));

    assertThat(outcome.resource()).contains("stock");
    assertNothingDone();
  }

  /** Another server with the same names, on the same port: it knows nothing of the branch. */
  @Test
  void aStrangerInThePlaceOfTheServerEndsNothing() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              work();
              world.hook(postgres::kill);
            });
    Path data = servers.resolve("postgres/data");
    Path kept = Files.move(data, servers.resolve("kept"));
    try {
      putStrangerInto(data);
      for (int i = 0; i < 3; i++) {
        world.handfast().recovery().recover(Duration.ZERO);
      }
      assertThat(world.handfast().recovery().status().logged()).isEqualTo(1);
      assertThat(world.handfast().recovery().status().attention())
          .contains("'stock' is another resource manager than before");
    } finally {
      postgres.kill();
      Files.move(data, servers.resolve("stranger/data"));
      Files.move(kept, data);
      postgres.restart();
    }
    world.handfast().recovery().recover(Duration.ofSeconds(20));

    assertAllDone();
  }

  private void putStrangerInto(Path data) throws IOException, SQLException {
    PostgresServer.start(servers.resolve("stranger")).close();
    Files.move(servers.resolve("stranger/data"), data);
    postgres.restart();
    world.makeDatabase();
  }

  @Test
  void theServerDiesBetweenTheVotesAndTheDecision() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              work();
              world.hook(postgres::kill);
            });
    assertThat(world.handfast().recovery().status().logged()).isEqualTo(1);

    postgres.restart();
    assertThat(world.stockInDoubt()).hasSize(1);
    world.handfast().recovery().recover(Duration.ofSeconds(20));

    assertAllDone();
  }

  @Test
  void theServerDiesBeforeItsVote() throws Exception {
    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          work();
                          postgres.kill();
                        }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("'stock'");

    postgres.restart();
    world.handfast().recovery().recover(Duration.ofSeconds(20));
    assertNothingDone();
  }

  @Test
  void aRecoveryUserWithoutTheOwnersRoleIsRefusedAtStart() throws Exception {
    world.close();
    world.recoverAs("stranger");

    assertThatThrownBy(world::start)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("To solve this, run GRANT " + world.owner() + " TO ");

    world.grantTheOwnersRole();
    world.start();
    world.handfast().run(this::work);
    assertAllDone();
  }

  @Test
  void aRightThatIsRevokedLaterFinishesNothingByAbsence() throws Exception {
    world.close();
    world.recoverAs("rescuer");
    world.grantTheOwnersRole();
    world.start();
    world
        .handfast()
        .run(
            () -> {
              work();
              world.hook(
                  () -> {
                    world.revokeTheOwnersRole();
                    world.cutOffTheOwner();
                  });
            });
    List<String> inDoubt = world.stockInDoubt();
    assertThat(inDoubt).hasSize(1);

    for (int pass = 0; pass < 3; pass++) {
      world.handfast().recovery().recover(Duration.ofSeconds(1));
    }
    assertThat(world.handfast().recovery().status().logged()).isEqualTo(1);
    assertThat(world.stockInDoubt()).isEqualTo(inDoubt);
    world.close();
    assertThatThrownBy(world::start).isInstanceOf(ConfigurationException.class);
    assertThat(world.stockInDoubt()).isEqualTo(inDoubt);

    world.grantTheOwnersRole();
    world.start();
    assertAllDone();
  }

  @Test
  void thePoolIsSoundAfterAllOfIt() throws Exception {
    Handfast handfast = world.handfast();
    for (int i = 0; i < 2 * PostgresWorld.POOL; i++) {
      assertThatThrownBy(
              () ->
                  handfast.run(
                      () -> {
                        world.insert(world.stock(), 7);
                        world.insert(world.stock(), 7);
                      }))
          .isInstanceOf(SQLException.class);
    }
    try (Connection c = world.stock().getConnection();
        Statement s = c.createStatement()) {
      assertThat(c.getAutoCommit()).isTrue();
      s.execute("INSERT INTO item VALUES (8)");
    }
    assertThat(world.rowsOfStock()).containsExactly("8");
  }
}
