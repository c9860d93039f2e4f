package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.arjuna.common.Uid;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.InDoubtTransaction.SinceSource;
import dev.handfast.xa.recovery.InDoubtTransaction.State;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** What an operator sees: resource managers, log and running transactions joined. */
final class InDoubtTest extends NodeScenario {

  private InDoubt look() {
    return handfast.recovery().inDoubt(Filter.all());
  }

  private InDoubtTransaction only() {
    assertThat(look().transactions()).hasSize(1);
    return look().transactions().get(0);
  }

  private String suffix() {
    Status status = handfast.recovery().status();
    return status.node() + "~" + status.storeId();
  }

  private Xid orphan() {
    return Xids.of(suffix(), handfast.recovery().status().startId());
  }

  @Test
  void isEmptyWhenNothingIsInDoubt() {
    handfast.run(this::workOnBoth);

    assertThat(look().node()).isEqualTo("test-1");
    assertThat(look().transactions()).isEmpty();
    assertThat(look().unreachable()).isEmpty();
  }

  @Test
  void refusesAFilterThatNamesWhatIsNotKnown() {
    assertThatThrownBy(() -> handfast.recovery().inDoubt(Filter.all().withResource("orders-typo")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No resource is named 'orders-typo'; there are events, orders");
    assertThatThrownBy(() -> Filter.of("xyz"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'xyz' is no global transaction id");
  }

  @Test
  void showsADecisionThatOneBranchWaitsFor() {
    Instant before = Instant.now();
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    XidKey waiting = XidKey.of(events.inDoubt().get(0));

    InDoubtTransaction found = only();

    assertThat(found.gtrid()).isEqualTo(waiting.gtrid());
    assertThat(found.formatId()).isEqualTo(Xids.FORMAT);
    assertThat(found.node()).isEqualTo("test-1");
    assertThat(found.decision()).isEqualTo(Decision.COMMIT);
    assertThat(found.state()).isEqualTo(State.PENDING);
    assertThat(found.sinceSource()).isEqualTo(SinceSource.LOG);
    assertThat(found.since()).isBetween(before.minusMillis(1), Instant.now());
    assertThat(found.actions()).containsExactly(Action.COMMIT);
    assertThat(found.needsAttention()).isFalse();
    assertThat(found.branches())
        .extracting(InDoubtBranch::resource, InDoubtBranch::bqual, InDoubtBranch::state)
        .contains(tuple("events", waiting.bqual(), InDoubtBranch.State.PREPARED));
    assertThat(found.branches().get(0).waitsFor()).isEqualTo("the next recovery pass");
    assertThat(found.branches().get(0).nativeForm()).isEqualTo(waiting.toString());
  }

  @Test
  void writesTheUidAsTheTransactionManagerDoes() {
    Xid orphan = orphan();
    orders.leavePrepared(orphan);

    byte[] unique = java.util.Arrays.copyOf(orphan.getGlobalTransactionId(), Uid.UID_SIZE);
    assertThat(only().uid()).isEqualTo(new Uid(unique).toString());
  }

  @Test
  void showsWhatNoDecisionWasLoggedFor() {
    orders.leavePrepared(orphan());

    InDoubtTransaction first = only();
    InDoubtTransaction second = only();

    assertThat(first.decision()).isEqualTo(Decision.ROLLBACK);
    assertThat(first.state()).isEqualTo(State.PENDING);
    assertThat(first.actions()).containsExactly(Action.ROLLBACK);
    assertThat(first.sinceSource()).isEqualTo(SinceSource.RM);
    assertThat(second.since()).as("when it was first seen").isEqualTo(first.since());
  }

  @Test
  void believesTheResourceManagerSinceWhenABranchIsPrepared() {
    Instant prepared = Instant.parse("2026-01-31T10:00:00Z");
    orders.preparedAt(prepared).leavePrepared(orphan());

    assertThat(only().since()).isEqualTo(prepared);
    assertThat(only().sinceSource()).isEqualTo(SinceSource.RM);
  }

  /** Its clock is ahead of ours, or it has failed to tell: what was seen here is certain. */
  @Test
  void believesNobodyThatABranchIsYoungerThanWasSeen() {
    orders.preparedAt(Instant.now().plusSeconds(3600)).leavePrepared(orphan());
    Instant seen = Objects.requireNonNull(only().since());

    assertThat(seen).isBefore(Instant.now().plusSeconds(1));
    orders.tellsNoDetails();
    assertThat(only().since()).isEqualTo(seen);
    assertThat(look().unreachable()).isEmpty();
  }

  @Test
  void showsARunningTransactionBetweenItsVotes() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      events.then(XaStep.PREPARE, Answer.waits(gate));
      Thread thread = new Thread(() -> handfast.run(this::workOnBoth));
      thread.start();
      gate.awaitReached();

      InDoubtTransaction found = only();

      gate.close();
      thread.join();
      assertThat(found.state()).isEqualTo(State.ACTIVE);
      assertThat(found.decision()).isEqualTo(Decision.UNKNOWN);
      assertThat(found.actions()).isEmpty();
      assertThat(found.branches()).extracting(InDoubtBranch::resource).containsExactly("orders");
    }
    assertThat(look().transactions()).isEmpty();
  }

  /** Its branches were listed before it was finished, and it is asked for afterwards. */
  @Test
  void doesNotTakeForAnOrphanWhatWasFinishedMeanwhile() throws Exception {
    try (Answer.Gate vote = new Answer.Gate();
        Answer.Gate list = new Answer.Gate()) {
      events.then(XaStep.PREPARE, Answer.waits(vote));
      Thread thread = new Thread(() -> handfast.run(this::workOnBoth));
      thread.start();
      vote.awaitReached();
      orders.clearCalls();
      events.then(XaStep.RECOVER, Answer.waits(list));
      CompletableFuture<InDoubt> looking = CompletableFuture.supplyAsync(this::look);
      list.awaitReached();
      await().until(() -> orders.calls().contains("r:recover"));

      vote.close();
      thread.join();
      list.close();

      assertThat(looking.get().transactions()).isEmpty();
    }
  }

  @Test
  void namesWhatCannotBeReached() {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.goDown();

    InDoubtTransaction found = only();

    assertThat(look().unreachable()).containsExactly("events");
    assertThat(found.decision()).isEqualTo(Decision.COMMIT);
    assertThat(found.state()).isEqualTo(State.PENDING);
    assertThat(found.branches())
        .extracting(InDoubtBranch::resource, InDoubtBranch::state)
        .contains(tuple("events", InDoubtBranch.State.UNREACHABLE));
  }

  /** No record, no list: only this process knows that the branch has voted. */
  @Test
  void rememberWhatItCouldNotRollBack() {
    ScriptedRm third = new ScriptedRm("third");
    handfast.close();
    handfast = Nodes.start(directory, orders, events, third);
    events.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));
    third.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBROLLBACK));
    assertThat(
            catchThrowable(
                () ->
                    handfast.run(
                        () -> {
                          workOnBoth();
                          handfast.resource(third).work();
                        })))
        .isInstanceOf(RolledBackException.class);
    events.goDown();

    InDoubtTransaction found = only();

    assertThat(found.decision()).isEqualTo(Decision.ROLLBACK);
    assertThat(found.branches())
        .extracting(InDoubtBranch::resource, InDoubtBranch::state)
        .containsExactly(tuple("events", InDoubtBranch.State.UNREACHABLE));
  }

  @Test
  void neverTakesAbsenceForAnOutcome() {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.loseAll();

    assertThat(only().branches())
        .filteredOn(branch -> branch.resource().equals("events"))
        .singleElement()
        .satisfies(
            branch -> {
              assertThat(branch.state()).isEqualTo(InDoubtBranch.State.UNKNOWN);
              assertThat(branch.waitsFor()).contains("'events'", "confirm");
            });
  }

  @Test
  void namesAResourceThatIsNotConfigured() {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    handfast.close();
    handfast = Nodes.builder(directory, orders).allowMissingResources().start();

    InDoubtTransaction found = only();

    assertThat(found.state()).isEqualTo(State.NOT_CONFIGURED);
    assertThat(found.decision()).isEqualTo(Decision.COMMIT);
    assertThat(found.needsAttention()).isTrue();
    assertThat(found.branches())
        .extracting(InDoubtBranch::resource, InDoubtBranch::state)
        .contains(tuple("events", InDoubtBranch.State.UNKNOWN));
  }

  @Test
  void quarantinesWhatAnotherLogStoreOrStartMade() {
    orders.leavePrepared(Xids.of("test-1~zzzzzz", 4711));
    orders.leavePrepared(Xids.of(suffix(), handfast.recovery().status().startId() ^ 1));

    List<InDoubtTransaction> found = look().transactions();

    assertThat(found).hasSize(2);
    assertThat(found).extracting(InDoubtTransaction::state).containsOnly(State.QUARANTINED);
    assertThat(found).extracting(InDoubtTransaction::decision).containsOnly(Decision.UNKNOWN);
    assertThat(found).extracting(InDoubtTransaction::node).containsOnly("test-1");
    assertThat(found)
        .allSatisfy(
            transaction ->
                assertThat(transaction.actions()).containsExactly(Action.COMMIT, Action.ROLLBACK));
    assertThat(found.toString()).contains("another log store's id", "has not recorded the start");
  }

  @Test
  void showsForeignBranchesOnlyWhenAsked() {
    orders.leavePrepared(Xids.of("test-2~abcdef", 1));
    orders.leavePrepared(Xids.of(0x41544F4D, "tm", 1));

    assertThat(look().transactions()).isEmpty();
    List<InDoubtTransaction> all =
        handfast.recovery().inDoubt(Filter.all().withForeign()).transactions();

    assertThat(all)
        .extracting(
            InDoubtTransaction::formatId, InDoubtTransaction::state, InDoubtTransaction::node)
        .containsExactlyInAnyOrder(
            tuple(Xids.FORMAT, State.FOREIGN, "test-2"), tuple(0x41544F4D, State.FOREIGN, null));
    assertThat(all).extracting(InDoubtTransaction::actions).allMatch(java.util.Set::isEmpty);
    assertThat(all.toString()).contains("Narayana, node test-2", "Atomikos");
  }

  @Test
  void showsWithEveryBranchHowAResourceManagerEndedOneAlone() {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    assertThat(catchThrowable(() -> handfast.run(this::workOnBoth)))
        .isInstanceOf(HeuristicOutcomeException.class);

    InDoubtTransaction running = only();
    handfast.close();
    handfast = Nodes.start(directory, orders, events);
    InDoubtTransaction restarted = only();

    assertThat(running.branches())
        .extracting(InDoubtBranch::resource, InDoubtBranch::state)
        .containsExactly(
            tuple("events", InDoubtBranch.State.HEURISTIC_ROLLBACK),
            tuple("orders", InDoubtBranch.State.FINISHED));
    assertThat(restarted.branches()).isEqualTo(running.branches());
    assertThat(running.actions()).contains(Action.FORGET).doesNotContain(Action.ROLLBACK);
    assertThat(running.needsAttention()).isTrue();
    assertThat(handfast.recovery().status().attention())
        .anyMatch(line -> line.contains("'events'") && line.contains("ROLLBACK"));
  }

  @Test
  void showsAnOrphanThatWasCommittedAlone() {
    Xid orphan = orphan();
    orders.leavePrepared(orphan);
    orders.decideAlone(orphan, XAException.XA_HEURCOM);
    handfast.recovery().recover(Duration.ZERO);

    assertThat(only().branches())
        .extracting(InDoubtBranch::state)
        .containsExactly(InDoubtBranch.State.HEURISTIC_COMMIT);
    assertThat(only().actions()).containsExactly(Action.FORGET);
  }

  @Test
  void filters() {
    Xid first = orphan();
    Xid second = orphan();
    orders.leavePrepared(first);
    events.leavePrepared(second);
    orders.leavePrepared(Xids.of("test-1~zzzzzz", 1));

    assertThat(found(Filter.of(XidKey.of(first).gtrid()))).isOne();
    assertThat(found(Filter.all().withResource("events"))).isOne();
    assertThat(found(Filter.all().withStates(State.QUARANTINED))).isOne();
    assertThat(found(Filter.all().withOlderThan(Duration.ofHours(1)))).isZero();
    assertThat(found(Filter.all().withOlderThan(Duration.ZERO))).isEqualTo(3);
    assertThat(found(Filter.all().withLimit(2))).isEqualTo(2);
  }

  private int found(Filter filter) {
    return handfast.recovery().inDoubt(filter).transactions().size();
  }

  @Test
  void changesNothingByLooking() throws IOException {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    orders.leavePrepared(orphan());
    orders.leavePrepared(Xids.of("test-1~zzzzzz", 1));
    Map<Path, String> before = contents();
    orders.clearCalls();
    events.clearCalls();

    look();
    handfast.recovery().inDoubt(Filter.all().withForeign());
    handfast.recovery().status();
    String gtrid = XidKey.of(events.inDoubt().get(0)).gtrid();
    for (Action action : List.of(Action.COMMIT, Action.ROLLBACK, Action.FORGET)) {
      handfast.recovery().preview(action, Selection.of(gtrid).withForce());
    }

    assertThat(contents()).isEqualTo(before);
    assertThat(orders.calls()).isNotEmpty().containsOnly("r:recover");
    assertThat(events.calls()).isNotEmpty().containsOnly("r:recover");
  }

  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        boolean lock = file.endsWith("lock");
        byte[] bytes = lock ? new byte[0] : Files.readAllBytes(file);
        contents.put(file, Files.getLastModifiedTime(file) + java.util.Arrays.toString(bytes));
      }
    }
    return contents;
  }

  @Test
  void looksWhileAPassWaits() throws Exception {
    handfast.close();
    handfast =
        Nodes.builder(directory, orders, events)
            .recoveryCallTimeout(Duration.ofMillis(300))
            .start();
    orders.leavePrepared(orphan());
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.ROLLBACK, Answer.waits(gate));
      Thread pass = new Thread(() -> handfast.recovery().recover(Duration.ZERO));
      pass.start();
      gate.awaitReached();
      events.leavePrepared(orphan());

      InDoubt seen = handfast.recovery().inDoubt(Filter.all().withResource("events"));

      assertThat(seen.transactions()).hasSize(1);
      gate.close();
      pass.join();
    }
  }
}
