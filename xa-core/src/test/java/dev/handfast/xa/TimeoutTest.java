package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.EnlistmentException;
import dev.handfast.xa.spi.GlobalTransaction;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that take too long. */
final class TimeoutTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private Handfast handfast;
  private ScriptedHandle db;
  private Transacted brief;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders);
    db = handfast.resource(orders);
    brief = handfast.transaction(TxType.REQUIRED).timeout(Duration.ofMillis(300));
  }

  @AfterEach
  void close() throws Exception {
    assertThat(handfast.transactionManager().getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    handfast.close();
  }

  private void awaitTimeout() {
    await().until(() -> !orders.rolledBack().isEmpty());
    await().until(() -> handfast.recovery().status().active() == 0);
  }

  @Test
  void rollsBackWhileTheBodyRuns() {
    RolledBackException told =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                brief.run(
                    () -> {
                      Branch branch = db.work();
                      awaitTimeout();
                      assertThat(branch.state()).isEqualTo(BranchState.ROLLED_BACK);
                      assertThat(db.finished()).containsExactly(branch);
                      assertNothingIsTakenAnyMore();
                    }));

    assertThat(told).hasMessageContaining("timed out after 300 ms");
    assertThat(told.resource()).isEmpty();
    assertThat(orders.rolledBack()).containsExactly(told.gtrid());
    assertThat(orders.committed()).isEmpty();
    assertThat(orders.open()).isZero();
  }

  private void assertNothingIsTakenAnyMore() {
    GlobalTransaction transaction = Objects.requireNonNull(db.transaction());
    assertThat(transaction.acceptsWork()).isFalse();
    assertThat(transaction.refusal()).isEqualTo("timed out after 300 ms");
    assertThatThrownBy(() -> transaction.enlist(orders.connection()))
        .isInstanceOf(EnlistmentException.class)
        .hasMessageContaining("timed out after 300 ms");
    assertThatThrownBy(() -> handfast.run(() -> {}))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("timed out after 300 ms");
  }

  @Test
  void keepsTheExceptionOfTheBody() {
    handfast.close();
    handfast = Nodes.builder(directory, orders).defaultTimeout(Duration.ofSeconds(1)).start();
    db = handfast.resource(orders);
    IOException problem = new IOException("own");

    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      awaitTimeout();
                      throw problem;
                    }))
        .isSameAs(problem);
  }

  @Test
  void strikesASuspendedOne() {
    RolledBackException told =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                brief.run(
                    () -> {
                      db.work();
                      handfast.transaction(TxType.NOT_SUPPORTED).run(this::awaitTimeout);
                    }));

    assertThat(told).hasMessageContaining("timed out");
  }

  @Test
  void takesTheTimeoutOfTheTransactionManager() throws Exception {
    handfast.transactionManager().setTransactionTimeout(1);
    handfast.transactionManager().begin();
    db.work();
    awaitTimeout();

    assertThat(handfast.transactionManager().getStatus()).isEqualTo(Status.STATUS_ROLLEDBACK);
    assertThatThrownBy(() -> handfast.transactionManager().commit())
        .isInstanceOf(jakarta.transaction.RollbackException.class);
    handfast.transactionManager().setTransactionTimeout(0);
  }

  @Test
  void leavesNoTimeoutToTheNextTransactionOfTheThread() {
    handfast.transaction(TxType.REQUIRED).timeout(Duration.ofMillis(900)).run(db::work);

    handfast.run(
        () -> {
          db.work();
          assertThatThrownBy(
                  () ->
                      handfast
                          .transaction(TxType.REQUIRES_NEW)
                          .timeout(Duration.ofSeconds(1))
                          .run(
                              () -> {
                                db.work();
                                await().until(() -> !orders.rolledBack().isEmpty());
                              }))
              .isInstanceOf(RolledBackException.class);
        });

    assertThat(orders.committed()).hasSize(2);
    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  void tellsTheOutcomeWhenTheRollbackIsDone() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.ROLLBACK, Answer.waits(gate));
      AtomicReference<Throwable> told = new AtomicReference<>();
      Thread thread =
          new Thread(
              () ->
                  told.set(
                      catchThrowable(
                          () ->
                              brief.run(
                                  () -> {
                                    db.work();
                                    gate.awaitReached();
                                  }))));
      thread.start();
      gate.awaitReached();
      await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
      assertThat(told).hasNullValue();

      gate.close();
      thread.join();
      assertThat(told.get()).isInstanceOf(RolledBackException.class);
      assertThat(orders.rolledBack()).hasSize(1);
    }
  }
}
