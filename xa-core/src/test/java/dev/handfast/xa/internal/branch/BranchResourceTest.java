package dev.handfast.xa.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.XaErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the transaction manager is told, and what becomes of the branch, at each answer. */
final class BranchResourceTest {

  private static final int OK = XAResource.XA_OK;

  private final ScriptedRm rm = new ScriptedRm("orders");
  private final List<Xid> asked = new ArrayList<>();
  private Recoverability.ListAnswer answer = Recoverability.ListAnswer.NO_ANSWER;
  private final BranchLedger ledger = new BranchLedger();
  private final BranchResource wrapper = ledger.wrap(rm.connection(), "orders", new Recovery());
  private final Xid xid = Xids.of("test-1~abcdef", 7);

  private final class Recovery implements Recoverability {

    @Override
    public @Nullable String enlistmentRefusal() {
      return null;
    }

    @Override
    public CommitRank commitRank() {
      return CommitRank.DATABASE;
    }

    @Override
    public ListAnswer lists(Xid branch) {
      asked.add(branch);
      return answer;
    }
  }

  @AfterEach
  void noInterruptIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @FunctionalInterface
  private interface Call {
    void run() throws XAException;
  }

  /** The code that the call ends with, 0 if it does not fail. */
  private static int code(Call call) {
    XAException error = catchThrowableOfType(XAException.class, call::run);
    return error == null ? OK : error.errorCode;
  }

  private void started() throws XAException {
    wrapper.start(xid, XAResource.TMNOFLAGS);
  }

  private void ended() throws XAException {
    started();
    wrapper.end(xid, XAResource.TMSUCCESS);
  }

  private void prepared() throws XAException {
    ended();
    wrapper.prepare(xid);
  }

  private TrackedBranch branch() {
    return Objects.requireNonNull(wrapper.branch());
  }

  private BranchState state() {
    return branch().state();
  }

  @ParameterizedTest
  @CsvSource({
    // XA_RB* passes; whatever else it is, the branch must still be sent its rollback
    "100, 100",
    "104, 104",
    "107, 107",
    "-7, 101",
    "-3, 101",
    "-4, 101",
    "-5, 101",
    "-6, 101",
    "-9, 101",
    "5, 101",
    "77, 101"
  })
  void endFails(int given, int told) throws XAException {
    started();
    rm.then(XaStep.END, Answer.fails(given));

    assertThat(code(() -> wrapper.end(xid, XAResource.TMSUCCESS))).isEqualTo(told);
    assertThat(state()).isEqualTo(BranchState.ACTIVE);
    assertThat(branch().failure()).isInstanceOf(XAException.class);
  }

  @ParameterizedTest
  @CsvSource({"XAER_RMFAIL, -7", "XA_RBROLLBACK, 100"})
  void neverVotesAfterAFailedEnd(String name, int given) throws XAException {
    started();
    rm.then(XaStep.END, Answer.lost(given));
    code(() -> wrapper.end(xid, XAResource.TMSUCCESS));

    assertThat(code(() -> wrapper.prepare(xid))).as(name).isEqualTo(XAException.XAER_RMFAIL);
    assertThat(rm.calls()).doesNotContain("prepare");
    assertThat(branch().failure())
        .isInstanceOfSatisfying(
            XAException.class, error -> assertThat(error.errorCode).isEqualTo(given));

    wrapper.rollback(xid);
    assertThat(state()).isEqualTo(BranchState.ROLLED_BACK);
  }

  @Test
  void votes() throws XAException {
    ended();

    assertThat(wrapper.prepare(xid)).isEqualTo(XAResource.XA_OK);
    assertThat(state()).isEqualTo(BranchState.PREPARED);
  }

  @Test
  void hasNothingToCommit() throws XAException {
    ended();
    rm.then(XaStep.PREPARE, Answer.fails(XAResource.XA_RDONLY));

    assertThat(wrapper.prepare(xid)).isEqualTo(XAResource.XA_RDONLY);
    assertThat(state()).isEqualTo(BranchState.READ_ONLY);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, ROLLED_BACK",
    "106, 106, ROLLED_BACK",
    "107, 107, ROLLED_BACK",
    "-4,  -4,  ROLLED_BACK",
    // it may have voted before its answer was lost
    "-3,  -3,  PREPARING",
    "-5,  -5,  PREPARING",
    "-6,  -6,  PREPARING",
    "-7,  -7,  PREPARING",
    // no code of a vote: a refusal, not a hazard
    "-2,  -3,  PREPARING",
    "-8,  -3,  PREPARING",
    "-9,  -3,  PREPARING",
    "4,   -3,  PREPARING",
    "5,   -3,  PREPARING",
    "6,   -3,  PREPARING",
    "7,   -3,  PREPARING",
    "8,   -3,  PREPARING",
    "77,  -3,  PREPARING",
    // no code at all
    "0,   -7,  PREPARING"
  })
  void refusesToVote(int given, int told, BranchState after) throws XAException {
    ended();
    rm.then(XaStep.PREPARE, Answer.fails(given));

    assertThat(code(() -> wrapper.prepare(xid))).isEqualTo(told);
    assertThat(state()).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({
    // no answer: recovery asks again
    "-7, 4,  PREPARED",
    "4,  4,  PREPARED",
    "0,  4,  PREPARED",
    // decided alone
    "7,  7,  COMMITTED",
    "6,  6,  HEURISTIC",
    "5,  5,  HEURISTIC",
    "8,  8,  HEURISTIC"
  })
  void commits(int given, int told, BranchState after) throws XAException {
    prepared();
    rm.then(XaStep.COMMIT, Answer.fails(given));

    assertThat(code(() -> wrapper.commit(xid, false))).isEqualTo(told);
    assertThat(state()).isEqualTo(after);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Recoverability.ListAnswer.class)
  void asksBackAfterAnUnclearAnswer(Recoverability.ListAnswer listed) throws XAException {
    for (int unclear : List.of(-3, -4, -5, -6, -2, -8, -9, 100, 107, 77)) {
      Xid one = Xids.of("test-1~abcdef", 7);
      BranchResource fresh = ledger.wrap(rm.connection(), "orders", new Recovery());
      fresh.start(one, XAResource.TMNOFLAGS);
      fresh.end(one, XAResource.TMSUCCESS);
      fresh.prepare(one);
      rm.then(XaStep.COMMIT, Answer.fails(unclear));
      answer = listed;

      boolean gone = listed == Recoverability.ListAnswer.NOT_LISTED;
      assertThat(code(() -> fresh.commit(one, false)))
          .as("%s after %s", listed, XaErrors.name(unclear))
          .isEqualTo(gone ? XAException.XA_HEURHAZ : XAException.XA_RETRY);
      assertThat(Objects.requireNonNull(fresh.branch()).state())
          .isEqualTo(gone ? BranchState.HEURISTIC : BranchState.PREPARED);
      assertThat(asked).last().isSameAs(one);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, ROLLED_BACK",
    "107, 107, ROLLED_BACK",
    "6,   6,   ROLLED_BACK",
    "7,   7,   COMMITTED",
    "5,   8,   HEURISTIC",
    "8,   8,   UNKNOWN",
    "4,   8,   UNKNOWN",
    "0,   8,   UNKNOWN",
    "-2,  8,   UNKNOWN",
    "-3,  8,   UNKNOWN",
    "-4,  8,   UNKNOWN",
    "-5,  8,   UNKNOWN",
    "-6,  8,   UNKNOWN",
    "-7,  8,   UNKNOWN",
    "77,  8,   UNKNOWN"
  })
  void commitsInOnePhase(int given, int told, BranchState after) throws XAException {
    ended();
    rm.then(XaStep.ONE_PHASE, Answer.fails(given));

    assertThat(code(() -> wrapper.commit(xid, true))).isEqualTo(told);
    assertThat(state()).isEqualTo(after);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, ROLLED_BACK",
    "107, 107, ROLLED_BACK",
    "6,   6,   ROLLED_BACK",
    "7,   7,   HEURISTIC",
    "5,   5,   HEURISTIC",
    "8,   8,   HEURISTIC",
    // no answer: recovery rolls it back
    "-2,  -7,  PREPARED",
    "-3,  -7,  PREPARED",
    "-5,  -7,  PREPARED",
    "-6,  -7,  PREPARED",
    "-7,  -7,  PREPARED",
    "4,   -7,  PREPARED",
    "0,   -7,  PREPARED",
    "77,  -7,  PREPARED"
  })
  void rollsBackAfterTheVote(int given, int told, BranchState after) throws XAException {
    prepared();
    rm.then(XaStep.ROLLBACK, Answer.fails(given));

    assertThat(code(() -> wrapper.rollback(xid))).isEqualTo(told);
    assertThat(state()).isEqualTo(after);
  }

  @ParameterizedTest
  @EnumSource(Recoverability.ListAnswer.class)
  void asksForTheListBeforeAVoteThatIsNotKnownIsTakenForRolledBack(Recoverability.ListAnswer listed)
      throws XAException {
    prepared();
    rm.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_NOTA));
    answer = listed;

    boolean gone = listed == Recoverability.ListAnswer.NOT_LISTED;
    assertThat(code(() -> wrapper.rollback(xid)))
        .isEqualTo(gone ? XAException.XAER_NOTA : XAException.XAER_RMFAIL);
    assertThat(state()).isEqualTo(gone ? BranchState.ROLLED_BACK : BranchState.PREPARED);
    assertThat(asked).containsExactly(xid);
  }

  @Test
  void takesABranchThatIsNotKnownBeforeItsVoteForRolledBack() throws XAException {
    ended();
    rm.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_NOTA));

    assertThat(code(() -> wrapper.rollback(xid))).isEqualTo(XAException.XAER_NOTA);
    assertThat(state()).isEqualTo(BranchState.ROLLED_BACK);
    assertThat(asked).isEmpty();
  }

  @Test
  void losesNothingWhenTheRollbackBeforeTheVoteIsNotAnswered() throws XAException {
    ended();
    rm.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));

    assertThat(code(() -> wrapper.rollback(xid))).isEqualTo(XAException.XA_RBCOMMFAIL);
    assertThat(state()).isEqualTo(BranchState.UNKNOWN);
  }

  @Test
  void mayHaveVotedWhenTheVoteWasLost() throws XAException {
    ended();
    rm.then(XaStep.PREPARE, Answer.lost(XAException.XAER_RMFAIL));
    code(() -> wrapper.prepare(xid));
    rm.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));

    code(() -> wrapper.rollback(xid));

    assertThat(state()).isEqualTo(BranchState.PREPARED);
    assertThat(ledger.inDoubt()).containsExactly(branch());
  }

  @Test
  void mapsTheExceptionsOfADefectiveDriver() throws XAException {
    Answer broken = Answer.breaks(new IllegalStateException("closed"));
    rm.then(XaStep.START, broken);
    assertThat(code(() -> wrapper.start(xid, XAResource.TMNOFLAGS)))
        .isEqualTo(XAException.XAER_RMFAIL);
    assertThat(wrapper.startFailure()).isInstanceOf(IllegalStateException.class);
    assertThat(wrapper.branch()).isNull();

    started();
    rm.then(XaStep.END, broken);
    assertThat(code(() -> wrapper.end(xid, XAResource.TMFAIL)))
        .isEqualTo(XAException.XA_RBCOMMFAIL);
    rm.then(XaStep.ROLLBACK, broken);
    assertThat(code(() -> wrapper.rollback(xid))).isEqualTo(XAException.XA_RBCOMMFAIL);
  }

  @Test
  void mapsAnUncheckedExceptionAtTheVoteAndAtTheCommit() throws XAException {
    Answer broken = Answer.breaks(new IllegalStateException("closed"));
    prepared();
    rm.then(XaStep.COMMIT, broken);
    assertThat(code(() -> wrapper.commit(xid, false))).isEqualTo(XAException.XA_RETRY);
    assertThat(branch().failure())
        .hasMessage("closed")
        .hasCauseInstanceOf(IllegalStateException.class);

    Xid second = Xids.of("test-1~abcdef", 7);
    BranchResource other = ledger.wrap(rm.connection(), "orders", new Recovery());
    other.start(second, XAResource.TMNOFLAGS);
    other.end(second, XAResource.TMSUCCESS);
    rm.then(XaStep.PREPARE, broken);
    assertThat(code(() -> other.prepare(second))).isEqualTo(XAException.XAER_RMFAIL);
  }

  @ParameterizedTest
  @CsvSource({"COMMIT, 7", "ONE_PHASE, 7", "ONE_PHASE, 6", "ROLLBACK, 6"})
  void forgetsAtOnceWhatWasDecidedAsItIs(XaStep step, int code) throws XAException {
    if (step == XaStep.ONE_PHASE) {
      ended();
    } else {
      prepared();
    }
    rm.decideAlone(xid, code);

    code(
        () -> {
          if (step == XaStep.ROLLBACK) {
            wrapper.rollback(xid);
          } else {
            wrapper.commit(xid, step == XaStep.ONE_PHASE);
          }
        });

    assertThat(rm.calls()).last().isEqualTo("forget");
    assertThat(rm.inDoubt()).isEmpty();
  }

  @Test
  void forgetsNothingElse() throws XAException {
    prepared();
    rm.decideAlone(xid, XAException.XA_HEURRB);

    code(() -> wrapper.commit(xid, false));
    wrapper.forget(xid);

    assertThat(rm.calls()).doesNotContain("forget");
    assertThat(rm.inDoubt()).hasSize(1);
  }

  @Test
  void shieldsTheSecondPhaseFromAnInterrupt() throws XAException {
    prepared();
    boolean[] interrupted = new boolean[1];
    branch().whenFinished(() -> interrupted[0] = Thread.currentThread().isInterrupted());
    Thread.currentThread().interrupt();

    wrapper.commit(xid, false);

    assertThat(Thread.interrupted()).as("given back").isTrue();
    assertThat(state()).isEqualTo(BranchState.COMMITTED);
  }

  @Test
  void givesAnInterruptBackAfterAFailure() throws XAException {
    prepared();
    rm.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));
    Thread.currentThread().interrupt();

    code(() -> wrapper.rollback(xid));

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void refusesToFinishWhatWasNotStarted() {
    assertThat(code(() -> wrapper.prepare(xid))).isEqualTo(XAException.XAER_PROTO);
    assertThat(code(() -> wrapper.commit(xid, false))).isEqualTo(XAException.XAER_PROTO);
    assertThat(code(() -> wrapper.rollback(xid))).isEqualTo(XAException.XAER_PROTO);
  }

  @Test
  void isTheSameAsNobodyElse() throws XAException {
    assertThat(wrapper.isSameRM(wrapper)).isTrue();
    assertThat(wrapper.isSameRM(ledger.wrap(wrapper.getResource(), "orders", new Recovery())))
        .isFalse();
    assertThat(wrapper.isSameRM(wrapper.getResource())).isFalse();
  }

  @Test
  void carriesTheNameIntoTheLog() {
    assertThat(wrapper.getJndiName()).isEqualTo("orders");
    assertThat(wrapper.getProductName()).isEqualTo("handfast");
    assertThat(wrapper).hasToString("'orders'");
  }

  @Test
  void neverSetsATimeoutOfZero() throws XAException {
    assertThat(wrapper.setTransactionTimeout(0)).isFalse();
  }
}
