package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.HeuristicOutcomeException.Outcome;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.log.slot.SlotFiles;
import dev.handfast.xa.recovery.BranchOutcome;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.spi.Branch;
import dev.handfast.xa.spi.BranchState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outcomes that are not in one piece, or that nobody knows. */
final class HeuristicTest {

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

  private HeuristicOutcomeException heuristic(Body<RuntimeException> body) {
    return catchThrowableOfType(HeuristicOutcomeException.class, () -> handfast.run(body));
  }

  private void workOnBoth() {
    db.work();
    jms.work();
  }

  private RecoveryReport recover() {
    return handfast.recovery().recover(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {XAException.XAER_RMFAIL, XAException.XA_RETRY, XAException.XAER_RMERR})
  void doesNotKnowHowALostOnePhaseCommitEnded(int code) throws IOException {
    orders.then(XaStep.ONE_PHASE, Answer.lost(code));

    HeuristicOutcomeException told = heuristic(db::work);

    assertThat(told.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(told.branches()).extracting(BranchOutcome::state).containsExactly("UNKNOWN");
    assertThat(told).hasMessageContaining(told.gtrid()).hasMessageContaining("'orders' UNKNOWN");
    assertThat(told.getCause()).isInstanceOf(XAException.class);
    assertThat(db.finished()).hasSize(1);
    assertThat(logged()).isEmpty();
    assertThat(recover().unresolved()).isZero();
  }

  @Test
  void doesNotKnowHowTheOnlyBranchWithWorkEnded() throws IOException {
    orders.then(XaStep.PREPARE, Answer.fails(XAResource.XA_RDONLY));
    events.then(XaStep.ONE_PHASE, Answer.lost(XAException.XAER_RMFAIL));

    HeuristicOutcomeException told = heuristic(this::workOnBoth);

    assertThat(told.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(logged()).isEmpty();
  }

  @Test
  void tellsThatOneBranchRolledBackAfterAnotherCommitted() throws IOException {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));

    HeuristicOutcomeException told = heuristic(this::workOnBoth);

    assertThat(told.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(told.branches())
        .extracting(BranchOutcome::resource, BranchOutcome::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("orders", "COMMITTED"),
            org.assertj.core.groups.Tuple.tuple("events", "HEURISTIC"));
    assertThat(logged()).as("kept for the operator").hasSize(1);
    assertThat(handfast.recovery().status().logged()).isOne();
  }

  @Test
  void followsTheFirstThatRolledBack() throws IOException {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));

    HeuristicOutcomeException told = heuristic(this::workOnBoth);

    assertThat(told.outcome()).isEqualTo(Outcome.ROLLBACK);
    assertThat(events.committed()).isEmpty();
    assertThat(events.rolledBack()).containsExactly(told.gtrid());
    assertThat(logged()).isEmpty();
  }

  /** The decision to commit would come back with the power, and the rest be committed. */
  @Test
  void takesADecisionBackOnDiskBeforeItsRecordMayGo() throws IOException {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    events.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));

    HeuristicOutcomeException told = heuristic(this::workOnBoth);

    assertThat(told.outcome()).as("nothing was committed").isEqualTo(Outcome.ROLLBACK);
    assertThat(logged())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.commit()).isFalse();
              assertThat(record.branches())
                  .extracting(LoggedBranch::resource)
                  .containsExactly("events");
            });
    recover();
    recover();
    assertThat(events.committed()).isEmpty();
    assertThat(logged()).isEmpty();
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  @Test
  void rollsTheRestBackLaterIfItMust() {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    events.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));

    heuristic(this::workOnBoth);
    assertThat(events.inDoubt()).hasSize(1);
    recover();

    assertThat(events.committed()).isEmpty();
    assertThat(events.rolledBack()).hasSize(1);
    assertThat(jms.finished()).hasSize(1);
  }

  @Test
  void tellsThatABranchIsInDanger() throws IOException {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURHAZ));

    HeuristicOutcomeException told = heuristic(this::workOnBoth);

    assertThat(told.outcome()).isEqualTo(Outcome.HAZARD);
    assertThat(logged()).hasSize(1);
  }

  @Test
  void isInDangerWhenTheBranchIsGoneAfterAnUnclearAnswer() {
    events.then(XaStep.COMMIT, Answer.lost(XAException.XAER_RMERR));

    HeuristicOutcomeException told = heuristic(this::workOnBoth);

    assertThat(told.outcome()).isEqualTo(Outcome.HAZARD);
    assertThat(events.calls()).endsWith("commit", "r:recover");
  }

  @Test
  void commitsLaterAfterAnUnclearAnswer() throws IOException {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XAER_RMERR));

    handfast.run(this::workOnBoth);
    RecoveryReport report = recover();

    assertThat(report.committed()).isOne();
    assertThat(events.committed()).isEqualTo(orders.committed());
    assertThat(logged()).isEmpty();
  }

  @Test
  void hasACommitThatWasDecidedAloneAndRight() throws IOException {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURCOM));

    handfast.run(this::workOnBoth);

    assertThat(logged()).isEmpty();
  }

  @Test
  void tellsThatABranchCommittedAgainstARollback() {
    events.then(XaStep.ROLLBACK, Answer.fails(XAException.XA_HEURCOM));
    orders.then(XaStep.ROLLBACK, Answer.fails(XAException.XA_HEURCOM));

    IllegalStateException problem = new IllegalStateException("no");
    IllegalStateException told =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                handfast.run(
                    () -> {
                      workOnBoth();
                      throw problem;
                    }));

    assertThat(told).isSameAs(problem);
    assertThat(told.getSuppressed())
        .singleElement()
        .isInstanceOfSatisfying(
            HeuristicOutcomeException.class,
            e -> assertThat(e.outcome()).isEqualTo(Outcome.COMMIT));
  }

  @Test
  void isRolledBackThoughTheRollbackIsNotAnsweredYet() throws IOException {
    events.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBROLLBACK));
    orders.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMERR));

    RolledBackException told =
        catchThrowableOfType(RolledBackException.class, () -> handfast.run(this::workOnBoth));

    assertThat(told.resource()).contains("events");
    assertThat(orders.inDoubt()).hasSize(1);
    assertThat(logged()).isEmpty();
    RecoveryReport report = recover();
    assertThat(report.rolledBack()).isOne();
    assertThat(orders.inDoubt()).isEmpty();
    assertThat(db.finished()).extracting(Branch::state).containsExactly(BranchState.ROLLED_BACK);
  }

  @Test
  void rollsBackTheOthersBesideAnOutcomeThatWaitsForTheOperator() throws IOException {
    ScriptedRm third = new ScriptedRm("third");
    handfast.close();
    handfast = Nodes.start(directory, orders, events, third);
    events.then(XaStep.ROLLBACK, Answer.fails(XAException.XA_HEURMIX));
    orders.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));
    third.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBROLLBACK));

    heuristic(
        () -> {
          handfast.resource(orders).work();
          handfast.resource(events).work();
          handfast.resource(third).work();
        });
    assertThat(logged()).hasSize(1);
    recover();

    assertThat(orders.inDoubt()).as("it has nothing to wait for").isEmpty();
    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  void survivesSerialisation() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    HeuristicOutcomeException told = heuristic(this::workOnBoth);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(told);
    }

    HeuristicOutcomeException copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (HeuristicOutcomeException) in.readObject();
    }

    assertThat(copy.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(copy.gtrid()).isEqualTo(told.gtrid());
    assertThat(copy.branches()).isEqualTo(told.branches()).hasSize(2);
  }

  @Test
  void endsRecoveryThoughABranchWaitsForTheOperator() throws IOException {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    orders.decideAlone(orders.inDoubt().get(0), XAException.XA_HEURMIX);
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));

    RecoveryReport report = recover();

    assertThat(report.committed()).isZero();
    assertThat(report.unresolved()).isEqualTo(2);
    assertThat(logged()).hasSize(1);

    events.behave();
    assertThat(recover().unresolved()).isOne();
    assertThat(events.committed()).hasSize(1);
    assertThat(logged()).as("the outcome of orders is kept").hasSize(1);
  }
}
