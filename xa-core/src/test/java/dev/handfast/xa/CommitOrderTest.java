package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.handfast.xa.HeuristicOutcomeException.Outcome;
import dev.handfast.xa.recovery.BranchOutcome;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import java.util.List;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In whatever order a body works, the databases of its transaction are told to commit before its
 * broker, and the broker is not told while one of them has not answered.
 */
final class CommitOrderTest extends CommitOrderScenario {

  static Stream<List<String>> bodies() {
    return Stream.of(
        List.of("orders", "events"),
        List.of("events", "orders"),
        List.of("orders", "stock", "events"),
        List.of("stock", "orders", "events"),
        List.of("orders", "events", "stock"),
        List.of("stock", "events", "orders"),
        List.of("events", "orders", "stock"),
        List.of("events", "stock", "orders"));
  }

  static Stream<List<String>> bodiesWithTwoDatabases() {
    return bodies().filter(body -> body.size() == 3);
  }

  private static String[] names(List<String> body) {
    return body.toArray(String[]::new);
  }

  private void run(List<String> body) {
    handfast.run(() -> workOn(names(body)));
  }

  private HeuristicOutcomeException heuristic(String... body) {
    return catchThrowableOfType(
        HeuristicOutcomeException.class, () -> handfast.run(() -> workOn(body)));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void theBrokerIsToldLastAndEachOnce(List<String> body) {
    run(body);

    assertThat(commits()).hasSize(body.size()).doesNotHaveDuplicates().endsWith("events commit");
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void whoeverHasAnsweredIsNotAskedAgain(List<String> body) {
    run(body);
    run(body);

    assertThat(commits()).hasSize(2 * body.size());
    assertThat(body)
        .allSatisfy(name -> assertThat(rm(name).committed()).doesNotHaveDuplicates().hasSize(2));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void theBrokerIsNotToldWhileADatabaseHasNotAnswered(List<String> body) {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));

    run(body);

    assertThat(events.calls()).doesNotContain("commit");
    assertThat(events.inDoubt()).hasSize(1);
    assertThat(orders.calls()).containsOnlyOnce("commit");
    assertThat(branchOn("events").state()).isEqualTo(InDoubtBranch.State.PREPARED);
    assertThat(branchOn("events").waitsFor()).isEqualTo("'orders', which has not committed yet");
    assertThat(branchOn("orders").waitsFor()).isEqualTo("the next recovery pass");
    assertThat(inDoubt().needsAttention()).isFalse();

    orders.behave();
    calls.clear();
    assertThat(recover().isComplete()).isTrue();
    assertThat(commits()).containsExactly("orders r:commit", "events r:commit");
  }

  @ParameterizedTest
  @MethodSource("bodiesWithTwoDatabases")
  void theOtherDatabaseIsToldMeanwhile(List<String> body) {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XAER_RMFAIL));

    run(body);

    assertThat(stock.committed()).hasSize(1);
    assertThat(events.committed()).isEmpty();
  }

  static Stream<Answer> noAnswers() {
    return Stream.of(
        Answer.fails(XAException.XA_RETRY),
        Answer.fails(XAException.XAER_RMFAIL),
        Answer.lost(XAException.XAER_RMFAIL),
        Answer.fails(XAException.XAER_RMERR),
        Answer.fails(XAException.XAER_PROTO),
        Answer.breaks(new IllegalStateException("a defect of the driver")));
  }

  @ParameterizedTest
  @MethodSource("noAnswers")
  void whatLeavesTheOutcomeOpenIsNoAnswer(Answer given) {
    orders.then(XaStep.COMMIT, given);

    run(List.of("events", "orders"));

    assertThat(events.calls()).doesNotContain("commit");
    assertThat(recover().isComplete()).isTrue();
    assertThat(events.committed()).hasSize(1).isEqualTo(orders.committed());
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"5, MIXED", "8, HAZARD", "-3, HAZARD"})
  void anOutcomeOfTheDatabasesOwnIsAnAnswerAndTheBrokerFollowsTheDecision(int code, Outcome told) {
    orders.then(XaStep.COMMIT, Answer.lost(code));

    assertThat(heuristic("orders", "events").outcome()).isEqualTo(told);
    assertThat(events.committed()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        XAException.XA_HEURRB,
        XAException.XA_HEURMIX,
        XAException.XA_HEURHAZ,
        XAException.XAER_RMERR
      })
  void soItIsIfTheBrokerComesFirst(int code) {
    orders.then(XaStep.COMMIT, Answer.lost(code));

    HeuristicOutcomeException told = heuristic("events", "orders");

    assertThat(told.outcome())
        .isEqualTo(
            code == XAException.XA_HEURRB || code == XAException.XA_HEURMIX
                ? Outcome.MIXED
                : Outcome.HAZARD);
    assertThat(told.branches())
        .extracting(BranchOutcome::resource, BranchOutcome::state)
        .containsExactly(tuple("events", "COMMITTED"), tuple("orders", "HEURISTIC"));
    assertThat(calls.stream().filter(call -> call.endsWith("rollback"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aCommitThatWasDecidedAloneAndRightIsAnAnswer(List<String> body) {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURCOM));

    run(body);

    assertThat(events.committed()).hasSize(1);
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  @Test
  void theDecisionTurnsIfTheFirstThatIsToldRollsBackAlone() {
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));

    assertThat(heuristic("orders", "events").outcome()).isEqualTo(Outcome.ROLLBACK);

    assertThat(events.committed()).isEmpty();
    assertThat(events.rolledBack()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aBrokerThatRollsBackAloneUndoesNoDatabase(List<String> body) {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));

    HeuristicOutcomeException told = heuristic(names(body));

    assertThat(told.outcome()).isEqualTo(Outcome.MIXED);
    assertThat(told.branches())
        .allSatisfy(
            branch ->
                assertThat(branch.state())
                    .isEqualTo(branch.resource().equals("events") ? "HEURISTIC" : "COMMITTED"));
    assertThat(calls).noneMatch(call -> call.endsWith("rollback"));
    assertThat(branchOn("events").state()).isEqualTo(InDoubtBranch.State.HEURISTIC_ROLLBACK);
    assertThat(branchOn("orders").state()).isEqualTo(InDoubtBranch.State.FINISHED);
  }

  @Test
  void theDecisionTurnsIfAllThatWereToldRolledBackAlone() {
    ScriptedRm others = new ScriptedRm("others").broker().seenBy(calls);
    handfast.close();
    handfast = Nodes.start(directory, orders, events, others);
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));

    HeuristicOutcomeException told =
        catchThrowableOfType(
            HeuristicOutcomeException.class,
            () ->
                handfast.run(
                    () -> {
                      workOn("events", "orders");
                      var unused = handfast.resource(others).work();
                    }));

    assertThat(told.outcome()).isEqualTo(Outcome.ROLLBACK);
    assertThat(others.rolledBack()).hasSize(1);
    assertThat(orders.calls()).doesNotContain("rollback");
  }

  @ParameterizedTest
  @MethodSource("bodiesWithTwoDatabases")
  void whoHasNothingToCommitHasAnswered(List<String> body) {
    stock.then(XaStep.PREPARE, Answer.fails(XAResource.XA_RDONLY));

    run(body);

    assertThat(commits()).containsExactly("orders commit", "events commit");
  }

  @Test
  void aBrokerAloneWithWhatHasNothingToCommitWaitsForNobody() {
    orders.then(XaStep.PREPARE, Answer.fails(XAResource.XA_RDONLY));

    run(List.of("orders", "events"));

    assertThat(commits()).isEmpty();
    assertThat(calls).endsWith("events one_phase");
  }

  @Test
  void twoBrokersWaitForTheDatabaseAndNotForEachOther() {
    ScriptedRm others = new ScriptedRm("others").broker().seenBy(calls);
    handfast.close();
    handfast = Nodes.start(directory, orders, events, others);
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));

    handfast.run(
        () -> {
          workOn("events");
          var unused = handfast.resource(others).work();
          workOn("orders");
        });

    assertThat(commits()).containsExactly("orders commit", "events commit", "others commit");
    assertThat(others.committed()).hasSize(1);
  }
}
