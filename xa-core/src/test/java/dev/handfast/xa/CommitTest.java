package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.slot.SlotFiles;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commit and rollback of one and of two branches, and what the application is told. */
final class CommitTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private Handfast handfast;
  private ScriptedHandle db;
  private ScriptedHandle jms;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, events);
    db = handfast.resource(orders);
    jms = handfast.resource(events);
    orders.clearCalls();
    events.clearCalls();
  }

  @AfterEach
  void close() {
    orders.behave();
    events.behave();
    handfast.close();
  }

  private List<DecisionRecord> logged() {
    return SlotFiles.decisions(directory.resolve("log"));
  }

  private void workOnBoth() {
    db.work();
    jms.work();
  }

  @Test
  void commitsOneBranchInOnePhase() throws IOException {
    handfast.run(db::work);

    assertThat(orders.calls()).containsExactly("start", "end", "one_phase");
    assertThat(orders.committed()).hasSize(1);
    assertThat(logged()).isEmpty();
  }

  @Test
  void commitsTwoBranchesInTwoPhases() throws IOException {
    String result =
        handfast.call(
            () -> {
              workOnBoth();
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(orders.calls()).containsExactly("start", "end", "prepare", "commit");
    assertThat(events.calls()).containsExactly("start", "end", "prepare", "commit");
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
    assertThat(logged()).isEmpty();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void logsTheDecisionBetweenTheVotesAndTheCommits() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.COMMIT, Answer.waits(gate));
      Thread thread = new Thread(() -> handfast.run(this::workOnBoth));
      thread.start();
      gate.awaitReached();

      assertThat(logged()).hasSize(1);
      assertThat(events.calls()).containsExactly("start", "end", "prepare");
      assertThat(handfast.recovery().status().active()).isOne();
      assertThat(handfast.recovery().status().logged()).isZero();
      gate.close();
      thread.join();
    }
    assertThat(logged()).isEmpty();
  }

  @Test
  void finishesReadOnlyBranchesAtTheVote() throws IOException {
    orders.then(XaStep.PREPARE, Answer.fails(XAResource.XA_RDONLY));

    handfast.run(this::workOnBoth);

    assertThat(orders.calls()).containsExactly("start", "end", "prepare");
    assertThat(events.calls()).as("the only one left").endsWith("one_phase");
    assertThat(db.finished()).extracting(Branch::state).containsExactly(BranchState.READ_ONLY);
  }

  @Test
  void commitsNothing() {
    assertThat(handfast.<Integer, RuntimeException>call(() -> 1)).isOne();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void rollsBackOnAnExceptionAndLetsItThrough() {
    IOException problem = new IOException("disk full");

    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      workOnBoth();
                      throw problem;
                    }))
        .isSameAs(problem)
        .hasNoSuppressedExceptions();

    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void rollsBackOnAnError() {
    StackOverflowError problem = new StackOverflowError();

    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      workOnBoth();
                      throw problem;
                    }))
        .isSameAs(problem);

    assertThat(orders.rolledBack()).hasSize(1);
  }

  /** Memory runs short a second time while the first error is described. */
  private static final class Undescribable extends OutOfMemoryError {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new OutOfMemoryError("and again");
    }
  }

  @Test
  void aOnePhaseCommitWhoseAnswerIsLostTwiceOverIsToldAsUnknown() {
    orders.then(XaStep.ONE_PHASE, new Answer(true, new Undescribable(), null));

    HeuristicOutcomeException told =
        catchThrowableOfType(
            HeuristicOutcomeException.class,
            () -> handfast.run(() -> handfast.resource(orders).work()));

    assertThat(told.outcome()).isEqualTo(HeuristicOutcomeException.Outcome.UNKNOWN);
    assertThat(orders.committed()).hasSize(1);
    assertThat(orders.calls()).doesNotContain("rollback");
  }

  @Test
  void tellsWhoRefusedToCommitAndWhy() throws IOException {
    events.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBINTEGRITY));

    RolledBackException told =
        catchThrowableOfType(RolledBackException.class, () -> handfast.run(this::workOnBoth));

    assertThat(told).hasMessageContaining("'events'").hasMessageContaining(told.gtrid());
    assertThat(told.resource()).contains("events");
    assertThat(told.getCause())
        .isInstanceOfSatisfying(
            XAException.class,
            cause -> assertThat(cause.errorCode).isEqualTo(XAException.XA_RBINTEGRITY));
    assertThat(orders.rolledBack()).containsExactly(told.gtrid());
    assertThat(orders.committed()).isEmpty();
    assertThat(logged()).isEmpty();
  }

  @Test
  void tellsThatWorkWasLostBeforeTheVote() {
    orders.then(XaStep.END, Answer.lost(XAException.XAER_RMFAIL));

    RolledBackException told =
        catchThrowableOfType(RolledBackException.class, () -> handfast.run(this::workOnBoth));

    assertThat(told.resource()).contains("orders");
    assertThat(orders.open()).isZero();
    assertThat(events.rolledBack()).hasSize(1);
  }

  @Test
  void tellsThatOnlyTheOneBranchRolledBack() {
    orders.then(XaStep.ONE_PHASE, Answer.fails(XAException.XA_RBROLLBACK));

    RolledBackException told =
        catchThrowableOfType(RolledBackException.class, () -> handfast.run(db::work));

    assertThat(told.resource()).contains("orders");
    assertThat(told.getCause()).isInstanceOf(XAException.class);
  }

  @Test
  void rollsBackWhatWasLostBeforeTheOnePhaseCommit() {
    orders.then(XaStep.END, Answer.fails(XAException.XAER_RMFAIL));

    RolledBackException told =
        catchThrowableOfType(RolledBackException.class, () -> handfast.run(db::work));

    assertThat(told.resource()).contains("orders");
    assertThat(orders.committed()).isEmpty();
    assertThat(db.finished()).as("its connection is released").hasSize(1);
  }

  @Test
  void refusesAResourceThatCannotStart() {
    orders.always(XaStep.START, Answer.fails(XAException.XAER_RMFAIL));

    assertThatThrownBy(() -> handfast.run(db::work))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'orders'")
        .hasRootCauseInstanceOf(XAException.class);
  }

  @Test
  void rollsBackThoughTheFailedStartWasSwallowed() {
    orders.always(XaStep.START, Answer.fails(XAException.XAER_RMFAIL));

    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      jms.work();
                      try {
                        db.work();
                      } catch (IllegalStateException swallowed) {
                        // as a careless application would
                      }
                    }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("'orders'");

    assertThat(events.rolledBack()).hasSize(1);
  }

  @Test
  void givesAnInterruptBack() {
    handfast.run(
        () -> {
          workOnBoth();
          Thread.currentThread().interrupt();
        });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  void tellsEachBranchWhenItIsFinished() {
    handfast.run(this::workOnBoth);

    assertThat(db.finished()).extracting(Branch::state).containsExactly(BranchState.COMMITTED);
    assertThat(jms.finished()).extracting(Branch::state).containsExactly(BranchState.COMMITTED);
  }
}
