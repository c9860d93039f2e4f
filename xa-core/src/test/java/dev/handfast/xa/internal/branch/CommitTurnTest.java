package dev.handfast.xa.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.CommitRank;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A database that is told ahead of its turn, because the transaction manager came to a broker. */
final class CommitTurnTest {

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final ScriptedRm orders = new ScriptedRm("orders").seenBy(calls);
  private final ScriptedRm events = new ScriptedRm("events").seenBy(calls);
  private final BranchLedger ledger = new BranchLedger();
  private final Xid second = Xids.of("test-1~abcdef", 7);
  private final Xid first = Xids.of(Xids.FORMAT, second.getGlobalTransactionId(), new byte[] {1});

  private record Ranked(CommitRank commitRank) implements Recoverability {

    @Override
    public @Nullable String enlistmentRefusal() {
      return null;
    }

    @Override
    public ListAnswer lists(Xid xid) {
      return ListAnswer.NOT_LISTED;
    }
  }

  @FunctionalInterface
  private interface Call {
    void run() throws XAException;
  }

  private static int code(Call call) {
    XAException error = catchThrowableOfType(XAException.class, call::run);
    return error == null ? XAResource.XA_OK : error.errorCode;
  }

  private BranchResource prepared(ScriptedRm rm, CommitRank rank, Xid xid) throws XAException {
    BranchResource wrapper = ledger.wrap(rm.connection(), rm.name(), new Ranked(rank));
    wrapper.start(xid, XAResource.TMNOFLAGS);
    wrapper.end(xid, XAResource.TMSUCCESS);
    wrapper.prepare(xid);
    return wrapper;
  }

  private BranchResource broker() throws XAException {
    return prepared(events, CommitRank.BROKER, first);
  }

  private BranchResource database() throws XAException {
    return prepared(orders, CommitRank.DATABASE, second);
  }

  private static BranchState state(BranchResource wrapper) {
    return Objects.requireNonNull(wrapper.branch()).state();
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4",
    "7, 7",
    "5, 5",
    "8, 8",
    // a rollback of the first that is told would roll back the broker, which has committed
    "6, 5"
  })
  void theAnswerIsHandedOutAtTheBranchsOwnTurn(int answer, int told) throws XAException {
    BranchResource broker = broker();
    BranchResource database = database();
    orders.then(XaStep.COMMIT, Answer.fails(answer));

    code(() -> broker.commit(first, false));

    assertThat(code(() -> database.commit(second, false))).isEqualTo(told);
    assertThat(calls.stream().filter("orders commit"::equals)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "6, 6", "8, 8", "4, 4"})
  void aBranchThatWasToldIsNotSentARollback(int answer, int told) throws XAException {
    BranchResource broker = broker();
    BranchResource database = database();
    orders.then(XaStep.COMMIT, Answer.fails(answer));
    code(() -> broker.commit(first, false));

    assertThat(code(() -> database.rollback(second))).isEqualTo(told);
    assertThat(calls).doesNotContain("orders rollback");
  }

  @Test
  void aBranchThatHasCommittedSaysSoWhenItIsToRollBack() throws XAException {
    BranchResource broker = broker();
    BranchResource database = database();
    broker.commit(first, false);

    assertThat(code(() -> database.rollback(second))).isEqualTo(XAException.XA_HEURCOM);
    assertThat(state(database)).isEqualTo(BranchState.COMMITTED);
    assertThat(calls).doesNotContain("orders rollback");
  }

  @Test
  void aBranchThatWaitsCanStillBeToldLater() throws XAException {
    BranchResource broker = broker();
    BranchResource database = database();
    orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));

    XAException waiting =
        catchThrowableOfType(XAException.class, () -> broker.commit(first, false));

    assertThat(waiting.errorCode).isEqualTo(XAException.XA_RETRY);
    assertThat(waiting).hasMessageContainingAll("'events'", "'orders'", "has not confirmed");
    assertThat(state(broker)).isEqualTo(BranchState.PREPARED);
    assertThat(Objects.requireNonNull(broker.branch()).failure()).isNull();

    ledger.finished(Objects.requireNonNull(database.branch()).key(), BranchState.COMMITTED);
    broker.commit(first, false);
    assertThat(state(broker)).isEqualTo(BranchState.COMMITTED);
  }

  @Test
  void oneThatHasNotVotedIsWaitedForAndNotTold() throws XAException {
    BranchResource broker = broker();
    BranchResource database =
        ledger.wrap(orders.connection(), "orders", new Ranked(CommitRank.DATABASE));
    database.start(second, XAResource.TMNOFLAGS);

    assertThat(code(() -> broker.commit(first, false))).isEqualTo(XAException.XA_RETRY);
    assertThat(calls).doesNotContain("orders commit", "events commit");
  }

  @Test
  void twoThatComeAtOnceTellTheDatabaseOnce() throws Exception {
    BranchResource broker = broker();
    BranchResource database = database();
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.COMMIT, Answer.waits(gate));
      CompletableFuture<Integer> own =
          CompletableFuture.supplyAsync(() -> code(() -> database.commit(second, false)));
      gate.awaitReached();
      CompletableFuture<Integer> other =
          CompletableFuture.supplyAsync(() -> code(() -> database.commit(second, false)));
      gate.close();

      assertThat(List.of(own.join(), other.join())).containsOnly(XAResource.XA_OK);
    }
    broker.commit(first, false);
    assertThat(calls.stream().filter("orders commit"::equals)).hasSize(1);
  }
}
