package dev.handfast.xa.internal.rm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.XidOwnership;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.XaErrors;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RmFacadeTest {

  private static final String OWNER = "test-1~abcdef";

  @RegisterExtension final Warnings log = new Warnings();

  private final ScriptedRm rm = new ScriptedRm("orders");
  private final List<String> told = new ArrayList<>();
  private final Tenure tenure =
      Tenure.open(LogStoreSettings.inMemory(), new NodeName("test-1"), Platform.system());
  private final Decisions decisions =
      new Decisions(tenure, new BranchLedger(), asked -> Set.of(), Xids.FORMAT, Platform.system());
  private final Xid xid = Xids.of(OWNER, 7);
  private final RmFacade facade =
      new RmFacade(
          "orders",
          rm.open(new NoTransactions()),
          Duration.ofSeconds(5),
          new XidOwnership(Xids.FORMAT, "test-1", OWNER, Set.of(7)::contains),
          new ProbeXids(OWNER, Platform.system()),
          decisions,
          new Told(),
          Platform.system());

  /** The log holds the decision to commit a branch on this resource manager. */
  private void decide(Xid branch) {
    decisions.order(
        Gtrid.of(branch), true, List.of(new LoggedBranch("orders", XidKey.of(branch).bqual())));
  }

  /** Recovery needs none. */
  private static final class NoTransactions implements ResourceContext {

    @Override
    public dev.handfast.xa.spi.GlobalTransaction current() {
      return null;
    }

    @Override
    public Duration recoveryCallTimeout() {
      return Duration.ofSeconds(5);
    }

    @Override
    public Probes probes() {
      throw new UnsupportedOperationException("no probes");
    }

    @Override
    public <X extends Exception> void transaction(@Nullable Duration timeout, Incoming<X> work) {
      throw new UnsupportedOperationException("no transactions");
    }
  }

  private final class Told implements RecoveryListener {

    @Override
    public void finished(String resource, XidKey finished, BranchState state) {
      told.add(state.name());
    }

    @Override
    public void ended(String resource, XidKey ended, Heuristic kind) {
      told.add("HEURISTIC " + kind);
    }

    @Override
    public void listed(String resource, Set<XidKey> branches) {
      told.add("listed " + branches.size());
    }
  }

  @AfterEach
  void close() {
    facade.close();
  }

  /** Whether the list names a branch; null if no list came. */
  private @Nullable Boolean lists(Xid branch) {
    return switch (facade.link().lists(branch)) {
      case LISTED -> true;
      case NOT_LISTED -> false;
      case NO_ANSWER -> null;
    };
  }

  /** What the listener is told of a commit. */
  private List<String> commit() {
    int before = told.size();
    facade.commit(XidKey.of(xid));
    facade.confirm();
    return List.copyOf(told.subList(before, told.size()));
  }

  /** What the listener is told of a rollback. */
  private List<String> rollback() {
    int before = told.size();
    facade.rollback(XidKey.of(xid));
    facade.confirm();
    return List.copyOf(told.subList(before, told.size()));
  }

  /** A pass begins with the list, and the first one with a check. */
  private void admitted() {
    assertThat(facade.scan()).isTrue();
    told.clear();
  }

  @Test
  void listsWhatTheResourceManagerListsAndWhatTheLogNames() {
    rm.leavePrepared(xid);
    Xid named = Xids.of(OWNER, 7);
    decide(xid);
    decide(named);
    rm.leavePrepared(Xids.of("test-2~abcdef", 7));

    assertThat(facade.scan()).isTrue();

    assertThat(facade.open()).containsExactly(XidKey.of(xid), XidKey.of(named));
    assertThat(facade.listed()).containsExactly(XidKey.of(xid));
    assertThat(rm.calls()).as("one call a pass").containsExactly("r:recover");
    assertThat(told).containsExactly("listed 1");
  }

  @Test
  void commitsAndRollsBack() {
    rm.leavePrepared(xid);
    assertThat(commit()).containsExactly("COMMITTED");
    rm.leavePrepared(xid);
    assertThat(rollback()).containsExactly("ROLLED_BACK");

    assertThat(rm.committed()).hasSize(1);
    assertThat(rm.rolledBack()).hasSize(1);
    assertThat(told).containsExactly("COMMITTED", "ROLLED_BACK");
  }

  @ParameterizedTest
  @ValueSource(ints = {-7, -3, -5, -6, -2, 4, 100, 77, 0})
  void asksAgainAfterAnyUnclearAnswerToACommit(int answer) {
    rm.leavePrepared(xid);
    rm.then(XaStep.COMMIT, Answer.fails(answer));

    assertThat(commit()).isEmpty();
    assertThat(told).isEmpty();
    assertThat(commit()).containsExactly("COMMITTED");
  }

  @Test
  void believesNotaOnlyAfterAProbe() {
    admitted();
    assertThat(commit()).isEmpty();
    assertThat(commit()).as("not forced in between").isEmpty();
    assertThat(told).isEmpty();
    assertThat(rm.calls()).as("each NOTA has a list afterwards").endsWith("r:commit", "r:recover");

    assertThat(facade.probe()).isTrue();
    assertThat(rm.calls()).endsWith("r:start", "r:end", "r:prepare", "r:rollback");
    assertThat(rm.inDoubt()).isEmpty();
    assertThat(facade.probe()).as("nothing new to confirm").isFalse();

    assertThat(commit()).containsExactly("COMMITTED");
    assertThat(told).containsExactly("COMMITTED");
  }

  @Test
  void believesNothingWhenTheBranchIsBackAfterTheProbe() {
    admitted();
    assertThat(commit()).isEmpty();
    assertThat(facade.probe()).isTrue();
    rm.leavePrepared(xid);

    assertThat(commit()).containsExactly("COMMITTED");

    assertThat(rm.committed()).hasSize(1);
  }

  /** A session of the resource manager has the branch, and everybody else is answered NOTA. */
  private void heldByASession() {
    rm.leavePrepared(xid);
    rm.always(XaStep.COMMIT, Answer.fails(XAException.XAER_NOTA));
    rm.always(XaStep.ROLLBACK, Answer.fails(XAException.XAER_NOTA));
  }

  private List<String> concerns() {
    List<String> concerns = new ArrayList<>();
    facade.addAttention(concerns);
    return concerns;
  }

  @Test
  void neverBelievesNotaOfADecidedBranchThatIsListed() {
    heldByASession();
    decide(xid);
    admitted();

    for (int pass = 0; pass < 4; pass++) {
      facade.scan();
      assertThat(commit()).isEmpty();
      facade.probe();
    }

    assertThat(facade.open()).containsExactly(XidKey.of(xid));
    assertThat(facade.isHeld(XidKey.of(xid))).isTrue();
    assertThat(concerns())
        .containsExactly("'orders' lists 1 branches that live sessions of it hold");
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("HANDFAST001080", "'orders' lists 1 branches", XidKey.of(xid).toString());

    rm.behave();
    assertThat(commit()).containsExactly("COMMITTED");
    assertThat(rm.committed()).hasSize(1);
    assertThat(concerns()).isEmpty();
  }

  @Test
  void neverTakesAnOrphanThatIsListedForGone() {
    heldByASession();
    admitted();

    for (int pass = 0; pass < 3; pass++) {
      assertThat(rollback()).isEmpty();
    }

    assertThat(facade.open()).containsExactly(XidKey.of(xid));
    assertThat(facade.isHeld(XidKey.of(xid))).isTrue();
    assertThat(log.warnings()).singleElement().asString().contains("HANDFAST001080");

    rm.behave();
    assertThat(rollback()).containsExactly("ROLLED_BACK");
    assertThat(concerns()).isEmpty();
  }

  @Test
  void believesNoNotaWithoutTheListAfterwards() {
    admitted();
    assertThat(commit()).isEmpty();
    assertThat(facade.probe()).isTrue();
    rm.then(XaStep.RECOVER, Answer.fails(XAException.XAER_RMFAIL));

    assertThat(commit()).as("the list did not come").isEmpty();
    assertThat(facade.isReachable()).isFalse();
    facade.scan();
    assertThat(commit()).as("and what was heard before counts no more").isEmpty();
    assertThat(facade.probe()).isTrue();
    assertThat(commit()).containsExactly("COMMITTED");
  }

  @Test
  void believesNoNotaByAListThatWasTakenBefore() {
    admitted();
    assertThat(commit()).isEmpty();
    assertThat(facade.probe()).isTrue();
    facade.scan();
    assertThat(facade.listed()).isEmpty();
    told.clear();

    facade.commit(XidKey.of(xid));
    rm.leavePrepared(xid);
    facade.confirm();

    assertThat(told).isEmpty();
    assertThat(facade.isHeld(XidKey.of(xid))).isTrue();
    assertThat(commit()).containsExactly("COMMITTED");
    assertThat(rm.committed()).hasSize(1);
  }

  @Test
  void believesNoNotaByTheListOfAStranger() {
    admitted();
    assertThat(commit()).isEmpty();
    assertThat(facade.probe()).isTrue();
    facade.commit(XidKey.of(xid));
    rm.becomes("another");
    facade.confirm();

    assertThat(told).isEmpty();
    rm.becomes("orders");
    facade.scan();
    told.clear();
    assertThat(commit()).isEmpty();
    assertThat(facade.probe()).isTrue();
    assertThat(commit()).containsExactly("COMMITTED");
  }

  @Test
  void startsOverWhenTheProbeFails() {
    admitted();
    assertThat(commit()).isEmpty();
    rm.then(XaStep.PREPARE, Answer.fails(XAException.XAER_RMFAIL));

    assertThat(facade.probe()).isFalse();
    assertThat(commit()).isEmpty();
    assertThat(facade.probe()).isTrue();
    assertThat(commit()).containsExactly("COMMITTED");
  }

  @Test
  void startsOverWhenAStrangerAnswersTheProbe() {
    admitted();
    assertThat(commit()).isEmpty();
    rm.becomes("another");

    assertThat(facade.probe()).isFalse();
    rm.becomes("orders");
    assertThat(facade.scan()).isTrue();
    assertThat(commit()).as("who answered the first time?").isEmpty();
    assertThat(facade.probe()).isTrue();
    assertThat(commit()).containsExactly("COMMITTED");
  }

  @Test
  void startsOverAfterAnOutage() {
    admitted();
    assertThat(commit()).isEmpty();
    assertThat(facade.probe()).isTrue();
    rm.goDown();
    assertThat(facade.scan()).isFalse();
    rm.behave();
    facade.scan();

    assertThat(commit()).as("the probe was of a broker that may be another").isEmpty();
  }

  @Test
  void callsNobodyWhoIsNotThere() {
    rm.leavePrepared(xid);
    rm.goDown();
    facade.scan();
    rm.clearCalls();

    assertThat(commit()).isEmpty();
    assertThat(rollback()).isEmpty();
    assertThat(facade.probe()).isFalse();

    assertThat(rm.calls()).isEmpty();
    assertThat(facade.status().reachable()).isFalse();
  }

  @Test
  void saysOnceThatItIsLostAndOnceThatItIsBack() {
    rm.goDown();
    facade.scan();
    facade.scan();
    rm.behave();
    facade.scan();
    facade.settled(0);
    facade.scan();
    facade.settled(0);

    assertThat(log.all())
        .hasSize(2)
        .satisfiesExactly(
            lost -> assertThat(lost).contains("HANDFAST001033", "'orders'", "nobody is there"),
            back -> assertThat(back).contains("HANDFAST001035", "'orders'"));
  }

  @ParameterizedTest
  @ValueSource(ints = {XAException.XA_HEURRB, XAException.XA_HEURMIX, XAException.XA_HEURHAZ})
  void keepsAnOutcomeThatIsNotTheDecidedCommit(int alone) {
    rm.leavePrepared(xid);
    decide(xid);
    rm.decideAlone(xid, alone);
    facade.scan();

    assertThat(commit()).hasSize(1);
    assertThat(commit()).as("not asked again").isEmpty();

    assertThat(told).contains("HEURISTIC " + XaErrors.heuristic(XaErrors.of(alone, "alone")));

    assertThat(facade.open()).as("and still open").hasSize(1);

    assertThat(rm.calls()).doesNotContain("r:forget");
    assertThat(log.warnings()).singleElement().asString().contains("HANDFAST001032");
  }

  @ParameterizedTest
  @ValueSource(ints = {XAException.XA_HEURCOM, XAException.XA_HEURMIX, XAException.XA_HEURHAZ})
  void keepsAnOutcomeThatIsNotTheRollback(int alone) {
    rm.leavePrepared(xid);
    rm.decideAlone(xid, alone);
    facade.scan();

    assertThat(rollback()).hasSize(1);
    assertThat(rollback()).as("not asked again").isEmpty();

    assertThat(told).contains("HEURISTIC " + XaErrors.heuristic(XaErrors.of(alone, "alone")));

    assertThat(rm.inDoubt()).hasSize(1);
  }

  @Test
  void forgetsACommitAndARollbackThatWereDecidedAnyway() {
    rm.leavePrepared(xid);
    rm.decideAlone(xid, XAException.XA_HEURCOM);
    assertThat(commit()).containsExactly("COMMITTED");
    rm.leavePrepared(xid);
    rm.decideAlone(xid, XAException.XA_HEURRB);
    assertThat(rollback()).containsExactly("ROLLED_BACK");

    assertThat(told).containsExactly("COMMITTED", "ROLLED_BACK");
    assertThat(rm.inDoubt()).isEmpty();
  }

  @Test
  void knowsAgainWhatAnOperatorFreed() {
    rm.leavePrepared(xid);
    rm.decideAlone(xid, XAException.XA_HEURMIX);
    facade.scan();
    rollback();
    rm.loseAll();
    facade.scan();
    rm.leavePrepared(xid);
    facade.scan();

    assertThat(rollback()).as("asked again").isNotEmpty();
  }

  @Test
  void dropsAnOrphanThatIsGone() {
    rm.leavePrepared(xid);
    facade.scan();
    rm.loseAll();

    assertThat(rollback()).isEmpty();

    assertThat(told).containsExactly("listed 1");
    assertThat(facade.open()).isEmpty();
  }

  @Test
  void saysThatARollbackFailed() {
    rm.leavePrepared(xid);
    rm.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMERR));

    assertThat(rollback()).isEmpty();
    assertThat(rollback()).containsExactly("ROLLED_BACK");

    assertThat(log.warnings()).singleElement().asString().contains("HANDFAST001031");
  }

  @Test
  void rollsBackProbesThatWereLeftBehind() {
    Instant now = Instant.now();
    Xid ofAnEarlierStart = ProbeXid.of(OWNER, now.minusSeconds(60), Platform.system());
    Xid ofSomebodyElse = ProbeXid.of(OWNER, now.plusSeconds(60), Platform.system());
    Xid others = ProbeXid.of("test-2~abcdef", now.minusSeconds(301), Platform.system());
    List.of(ofAnEarlierStart, ofSomebodyElse, others).forEach(rm::leavePrepared);

    facade.scan();

    assertThat(rm.inDoubt()).containsExactly(ofSomebodyElse, others);
    assertThat(facade.open()).isEmpty();
  }

  @Test
  void rollsBackItsOwnProbeThatWasCutOff() {
    admitted();
    assertThat(commit()).isEmpty();
    rm.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));
    assertThat(facade.probe()).isFalse();
    assertThat(rm.inDoubt()).hasSize(1);

    facade.scan();

    assertThat(rm.inDoubt()).isEmpty();
  }

  @Test
  void tellsWhetherABranchIsListed() {
    rm.leavePrepared(xid);
    rm.leavePrepared(Xids.of(1, new byte[1], new byte[1]));

    assertThat(lists(xid)).isTrue();
    assertThat(lists(Xids.of(OWNER, 7))).isFalse();
    rm.goDown();
    assertThat(lists(xid)).isNull();
    rm.behave();
    facade.close();
    assertThat(lists(xid)).isNull();
  }

  @Test
  void takesAnExceptionOfAnAdapterForAnOutage() {
    rm.then(XaStep.RECOVER, Answer.breaks(new IllegalStateException("broken")));

    assertThat(facade.scan()).isFalse();
    assertThat(facade.isReachable()).isFalse();
    assertThat(facade.scan()).isTrue();
  }

  @Test
  void saysHowItStands() {
    ResourceStatus before = facade.status();
    assertThat(before.lastScan()).isNull();
    rm.leavePrepared(xid);

    facade.scan();

    ResourceStatus status = facade.status();
    assertThat(status.name()).isEqualTo("orders");
    assertThat(status.kind()).isEqualTo("scripted");
    assertThat(status.reachable()).isTrue();
    assertThat(status.inDoubt()).isOne();
    assertThat(status.lastScan()).isNotNull();
  }
}
