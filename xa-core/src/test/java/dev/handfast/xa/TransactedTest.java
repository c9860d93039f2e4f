package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Propagation, marking for rollback, and bodies that do what they should not. */
final class TransactedTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private Handfast handfast;
  private ScriptedHandle db;
  private TransactionManager manager;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders);
    db = handfast.resource(orders);
    manager = handfast.transactionManager();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    assertThat(handfast.recovery().status().active()).isZero();
    handfast.close();
  }

  private String gtrid() {
    return Objects.requireNonNull(db.transaction()).gtrid();
  }

  private int status() throws Exception {
    return manager.getStatus();
  }

  @ParameterizedTest
  @EnumSource(
      value = TxType.class,
      names = {"REQUIRED", "REQUIRES_NEW"})
  void begins(TxType type) throws Exception {
    handfast
        .transaction(type)
        .run(
            () -> {
              assertThat(status()).isEqualTo(Status.STATUS_ACTIVE);
              db.work();
            });

    assertThat(orders.committed()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = TxType.class,
      names = {"SUPPORTS", "NOT_SUPPORTED", "NEVER"})
  void runsWithoutATransaction(TxType type) throws Exception {
    int seen = handfast.transaction(type).<Integer, Exception>call(this::status);

    assertThat(seen).isEqualTo(Status.STATUS_NO_TRANSACTION);
  }

  @ParameterizedTest
  @EnumSource(
      value = TxType.class,
      names = {"REQUIRED", "SUPPORTS", "MANDATORY"})
  void joins(TxType type) {
    handfast.run(
        () -> {
          String outer = gtrid();
          db.work();
          assertThat(handfast.transaction(type).<String, RuntimeException>call(this::gtrid))
              .isEqualTo(outer);
        });

    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  void runsApart() {
    handfast.run(
        () -> {
          String outer = gtrid();
          db.work();
          handfast
              .transaction(TxType.REQUIRES_NEW)
              .run(
                  () -> {
                    assertThat(gtrid()).isNotEqualTo(outer);
                    db.work();
                  });
          assertThat(orders.committed()).hasSize(1).doesNotContain(outer);
          assertThat(gtrid()).isEqualTo(outer);
        });

    assertThat(orders.committed()).hasSize(2);
  }

  @Test
  void keepsTheOuterOneWhenTheInnerOneFails() {
    handfast.run(
        () -> {
          db.work();
          assertThatThrownBy(
                  () ->
                      handfast
                          .transaction(TxType.REQUIRES_NEW)
                          .run(
                              () -> {
                                db.work();
                                throw new IOException("inner");
                              }))
              .hasMessage("inner");
        });

    assertThat(orders.committed()).hasSize(1);
    assertThat(orders.rolledBack()).hasSize(1).doesNotContainAnyElementsOf(orders.committed());
  }

  @Test
  void stepsAside() {
    handfast.run(
        () -> {
          handfast
              .transaction(TxType.NOT_SUPPORTED)
              .run(() -> assertThat(db.transaction()).isNull());
          db.work();
        });

    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  void neverRunsWithin() {
    handfast.run(
        () ->
            assertThatIllegalStateException()
                .isThrownBy(() -> handfast.transaction(TxType.NEVER).run(() -> {}))
                .withMessageContaining("NEVER")
                .withMessageContaining(gtrid()));
  }

  @Test
  void mustRunWithin() {
    assertThatIllegalStateException()
        .isThrownBy(() -> handfast.transaction(TxType.MANDATORY).run(() -> {}))
        .withMessageContaining("MANDATORY");
  }

  @Test
  void cannotChangeTheTimeoutOfWhatItJoins() {
    handfast.run(
        () ->
            assertThatIllegalStateException()
                .isThrownBy(
                    () ->
                        handfast
                            .transaction(TxType.REQUIRED)
                            .timeout(Duration.ofSeconds(1))
                            .run(() -> {}))
                .withMessageContaining("timeout")
                .withMessageContaining(gtrid()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PT0S", "PT-1S", "PT-0.000000001S", "PT3000000000S", "PT2562047788015215H"})
  void refusesATimeoutThatIsNone(String timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handfast.transaction(TxType.REQUIRED).timeout(Duration.parse(timeout)))
        .withMessageContaining(Duration.parse(timeout).toString());
  }

  @Test
  void returnsNormallyWhenTheBodyEndsItWithoutEffect() throws Exception {
    String result =
        handfast.call(
            () -> {
              db.work();
              handfast.endWithoutEffect();
              assertThat(Objects.requireNonNull(db.transaction()).acceptsWork()).isFalse();
              return "kept";
            });

    assertThat(result).isEqualTo("kept");
    assertThat(orders.rolledBack()).hasSize(1);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void onlyTheBodyThatBeganItEndsItWithoutEffect() {
    handfast.run(
        () -> {
          db.work();
          handfast.run(
              () ->
                  assertThatIllegalStateException()
                      .isThrownBy(() -> handfast.endWithoutEffect())
                      .withMessageContaining("joined"));
        });

    assertThat(orders.committed()).hasSize(1);
    assertThatIllegalStateException().isThrownBy(() -> handfast.endWithoutEffect());
  }

  @Test
  void throwsWhenTheBodyMarkedItAndSwallowedWhy() {
    RolledBackException told =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                handfast.call(
                    () -> {
                      db.work();
                      manager.setRollbackOnly();
                      return "booked";
                    }));

    assertThat(told)
        .hasMessageContaining("marked for rollback at " + TransactedTest.class.getName());
    assertThat(Objects.requireNonNull(told.getCause()).getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(TransactedTest.class.getName()));
    assertThat(orders.rolledBack()).containsExactly(told.gtrid());
  }

  @Test
  void throwsWhenAJoinedOneMarkedIt() {
    RolledBackException told =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      handfast.run(() -> manager.setRollbackOnly());
                    }));

    assertThat(told).hasMessageContaining("marked for rollback");
    assertThat(told.resource()).isEmpty();
    assertThat(orders.rolledBack()).containsExactly(told.gtrid());
  }

  @Test
  void tellsWhyAJoinedOneFailed() {
    IOException problem = new IOException("inner");

    RolledBackException told =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      try {
                        handfast.run(
                            () -> {
                              throw problem;
                            });
                      } catch (IOException swallowed) {
                        assertThat(swallowed).isSameAs(problem);
                      }
                    }));

    assertThat(told).hasCause(problem).hasMessageContaining("inner");
    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  void throwsWhenAResourceMarkedIt() {
    IOException problem = new IOException("lost the connection");

    RolledBackException told =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                handfast.run(
                    () -> Objects.requireNonNull(db.transaction()).setRollbackOnly(problem)));

    assertThat(told).hasCause(problem);
  }

  @Test
  void throwsWhenBothMarkedIt() {
    assertThatExceptionOfType(RolledBackException.class)
        .isThrownBy(
            () ->
                handfast.run(
                    () -> {
                      manager.setRollbackOnly();
                      handfast.run(() -> manager.setRollbackOnly());
                    }));
  }

  @Test
  void tellsAResourceWhyItMayNotWork() throws Exception {
    assertThatExceptionOfType(RolledBackException.class).isThrownBy(this::workAfterAMark);
  }

  private void workAfterAMark() throws Exception {
    handfast.run(
        () -> {
          assertThat(Objects.requireNonNull(db.transaction()).acceptsWork()).isTrue();
          manager.setRollbackOnly();
          assertThat(Objects.requireNonNull(db.transaction()).acceptsWork()).isFalse();
          assertThatIllegalStateException()
              .isThrownBy(db::work)
              .withMessageContaining("marked for rollback");
        });
  }

  @Test
  void refusesABodyThatEndsTheTransactionItself() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      manager.rollback();
                    }))
        .withMessageContaining("ended");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      Objects.requireNonNull(manager.getTransaction()).commit();
                    }))
        .withMessageContaining("ended");

    assertThat(orders.rolledBack()).hasSize(1);
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  void keepsTheExceptionOfABodyThatEndedTheTransactionItself() {
    IOException problem = new IOException("own");

    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      manager.rollback();
                      throw problem;
                    }))
        .isSameAs(problem)
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }

  @Test
  void refusesABodyThatLeavesAnotherTransaction() {
    String[] begun = new String[2];
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      begun[0] = gtrid();
                      manager.suspend();
                      manager.begin();
                      db.work();
                      begun[1] = gtrid();
                    }))
        .withMessageContaining("another transaction")
        .withMessageContaining(begun[0]);

    assertThat(orders.rolledBack()).containsExactlyInAnyOrder(begun);
  }

  @Test
  void refusesABodyThatLeavesNoTransaction() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      manager.suspend();
                    }))
        .withMessageContaining("no transaction");

    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  void refusesASteppedAsideBodyThatLeavesATransaction() throws Exception {
    handfast.run(
        () -> {
          db.work();
          String outer = gtrid();
          assertThatIllegalStateException()
              .isThrownBy(
                  () ->
                      handfast
                          .transaction(TxType.NOT_SUPPORTED)
                          .run(
                              () -> {
                                manager.begin();
                                db.work();
                              }))
              .withMessageContaining("left");
          assertThat(gtrid()).as("back on the thread").isEqualTo(outer);
        });

    assertThat(orders.committed()).hasSize(1);
    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  void keepsTheExceptionOfASteppedAsideBodyThatLeavesATransaction() throws Exception {
    IOException problem = new IOException("own");
    handfast.run(
        () ->
            assertThatThrownBy(
                    () ->
                        handfast
                            .transaction(TxType.NOT_SUPPORTED)
                            .run(
                                () -> {
                                  manager.begin();
                                  throw problem;
                                }))
                .isSameAs(problem));
  }

  @Test
  void leavesToTheApplicationWhatItBeganOutsideOfAny() throws Exception {
    for (TxType type : new TxType[] {TxType.NOT_SUPPORTED, TxType.NEVER, TxType.SUPPORTS}) {
      handfast.transaction(type).run(() -> manager.begin());
      // the application's own business, as in Jakarta Transactions
      assertThat(status()).as(type.name()).isEqualTo(Status.STATUS_ACTIVE);
      manager.rollback();
    }
  }

  @Test
  void refusesAnXaResourceThatRecoveryCouldNotFinish() throws Exception {
    handfast.run(
        () -> {
          Transaction transaction = Objects.requireNonNull(manager.getTransaction());
          assertThatIllegalStateException()
              .isThrownBy(() -> transaction.enlistResource(orders.connection()))
              .withMessageContaining("ScriptedXaResource")
              .withMessageContaining("recovery")
              .withMessageContaining("To solve this");
        });
  }

  @Test
  void handsOutTheHandleByDefinitionAndByName() {
    assertThat(handfast.resource("orders", ScriptedHandle.class)).isSameAs(db);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handfast.resource("events", ScriptedHandle.class))
        .withMessageContaining("'events'")
        .withMessageContaining("orders (scripted)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handfast.resource("orders", String.class))
        .withMessageContaining("java.lang.String");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handfast.resource(new ScriptedRm("orders")));
  }
}
