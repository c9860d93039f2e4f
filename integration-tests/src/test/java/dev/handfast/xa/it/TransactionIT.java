package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import jakarta.jms.JMSContext;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class TransactionIT {

  @TempDir static Path brokerDirectory;
  static BrokerProcess broker;

  @TempDir Path directory;
  H2World world;

  @BeforeAll
  static void startBroker() {
    broker = BrokerProcess.start(brokerDirectory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start(TestInfo test) throws SQLException {
    world = new H2World(directory, broker, test.getTestMethod().orElseThrow().getName());
  }

  @AfterEach
  void everythingIsWholeAfterwards() throws Exception {
    try {
      world.assertNothingInDoubt();
      world.assertPoolsWhole();
    } finally {
      world.close();
    }
  }

  @Test
  void commitsDatabaseAndBrokerTogether() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.send("one");
            });

    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.messages()).containsExactly("one");
  }

  @Test
  void commitsTwoDatabasesAndTheBrokerTogether() throws Exception {
    int answer =
        world
            .handfast()
            .call(
                () -> {
                  world.insert(world.orders(), 1);
                  world.insert(world.stock(), 2);
                  world.send("three");
                  return 42;
                });

    assertThat(answer).isEqualTo(42);
    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.rows("stock")).containsExactly(2);
    assertThat(world.messages()).containsExactly("three");
  }

  @Test
  void rollsBackOnAnExceptionThatArrivesAsItself() throws Exception {
    IOException mine = new IOException("mine");

    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          world.insert(world.orders(), 1);
                          world.insert(world.stock(), 1);
                          world.send("one");
                          throw mine;
                        }))
        .isSameAs(mine);

    assertThat(mine.getSuppressed()).isEmpty();
    assertThat(world.rows("orders")).isEmpty();
    assertThat(world.rows("stock")).isEmpty();
    assertThat(world.messages()).isEmpty();
  }

  @Test
  void rollsBackOnTimeoutAndRefusesWorkAfterIt() throws Exception {
    RolledBackException outcome =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                world
                    .handfast()
                    .transaction(TxType.REQUIRED)
                    .timeout(Duration.ofSeconds(1))
                    .run(
                        () -> {
                          world.insert(world.orders(), 1);
                          world.send("one");
                          await()
                              .pollInSameThread()
                              .until(() -> status() == Status.STATUS_ROLLEDBACK);
                          assertThatThrownBy(() -> world.insert(world.orders(), 2))
                              .isInstanceOf(SQLException.class)
                              .hasMessageContaining("orders")
                              .hasMessageContaining("timed out after 1 s");
                          assertThatThrownBy(() -> world.send("two"))
                              .hasMessageContaining("'events'")
                              .hasMessageContaining("timed out after 1 s");
                        }));

    assertThat(outcome).hasMessageContaining("it timed out after 1 s");
    assertThat(outcome.resource()).isEmpty();
    assertThat(world.rows("orders")).isEmpty();
    assertThat(world.messages()).isEmpty();
  }

  private int status() throws Exception {
    return world.handfast().transactionManager().getStatus();
  }

  @Test
  void rollsBackWhenAJoinedBodyAsksForItAndSaysSo() throws Exception {
    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          world.insert(world.orders(), 1);
                          world.send("one");
                          world
                              .handfast()
                              .run(() -> world.handfast().userTransaction().setRollbackOnly());
                        }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("marked for rollback");

    assertThat(world.rows("orders")).isEmpty();
    assertThat(world.messages()).isEmpty();
  }

  @Test
  void rollsBackSilentlyWhenTheOutermostBodyAsksForIt() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.send("one");
              world.handfast().endWithoutEffect();
            });

    assertThat(world.rows("orders")).isEmpty();
    assertThat(world.messages()).isEmpty();
  }

  @Test
  void aJoinedBodysExceptionThatIsSwallowedStillRollsBack() throws Exception {
    IllegalArgumentException inner = new IllegalArgumentException("inner");

    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          world.insert(world.orders(), 1);
                          world.send("one");
                          try {
                            world
                                .handfast()
                                .run(
                                    () -> {
                                      throw inner;
                                    });
                          } catch (IllegalArgumentException swallowed) {
                            assertThat(swallowed).isSameAs(inner);
                          }
                        }))
        .isInstanceOf(RolledBackException.class)
        .hasCause(inner);

    assertThat(world.rows("orders")).isEmpty();
    assertThat(world.messages()).isEmpty();
  }

  @Test
  void requiresNewCommitsAloneWhileTheOuterOneRollsBack() throws Exception {
    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          world.insert(world.orders(), 1);
                          world.send("outer");
                          world
                              .handfast()
                              .transaction(TxType.REQUIRES_NEW)
                              .run(
                                  () -> {
                                    world.insert(world.orders(), 2);
                                    world.send("inner");
                                  });
                          world.insert(world.orders(), 3);
                          throw new IllegalStateException("outer");
                        }))
        .hasMessage("outer");

    assertThat(world.rows("orders")).containsExactly(2);
    assertThat(world.messages()).containsExactly("inner");
  }

  @Test
  void notSupportedWorkIsOutsideTheTransaction() throws Exception {
    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          world.insert(world.orders(), 1);
                          world
                              .handfast()
                              .transaction(TxType.NOT_SUPPORTED)
                              .run(
                                  () -> {
                                    world.insert(world.stock(), 7);
                                    world.send("kept");
                                  });
                          throw new IllegalStateException("outer");
                        }))
        .hasMessage("outer");

    assertThat(world.rows("orders")).isEmpty();
    assertThat(world.rows("stock")).containsExactly(7);
    assertThat(world.messages()).containsExactly("kept");
  }

  @Test
  void aBodyThatSwallowsAnSqlExceptionCommitsTheRest() throws Exception {
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              try {
                world.insert(world.orders(), 1);
              } catch (SQLException duplicate) {
                world.send("refused " + duplicate.getErrorCode());
              }
            });

    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.messages()).containsExactly("refused 23505");
  }

  @Test
  @SuppressWarnings("resource")
  void aBodyThatLeaksItsConnectionCommitsAndThePoolIsWhole() throws Exception {
    for (int i = 0; i < H2World.POOL + 1; i++) {
      int id = i;
      world
          .handfast()
          .run(
              () -> {
                Connection leaked = world.orders().getConnection();
                Statement statement = leaked.createStatement();
                statement.execute("INSERT INTO item VALUES (" + id + ")");
                JMSContext context = world.events().createContext();
                context.createProducer().send(context.createQueue(world.queue), "m" + id);
              });
    }

    assertThat(world.rows("orders")).containsExactly(0, 1, 2);
    assertThat(world.messages()).containsExactly("m0", "m1", "m2");
  }

  @Test
  void outsideATransactionBothWorkAlone() throws Exception {
    world.insert(world.orders(), 1);
    world.send("alone");

    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.messages()).containsExactly("alone");
  }
}
