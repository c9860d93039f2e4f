package dev.handfast.xa.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.XidKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BranchLedgerTest {

  @RegisterExtension final Warnings log = new Warnings();

  private final ScriptedRm rm = new ScriptedRm("orders");
  private final BranchLedger ledger = new BranchLedger();
  private final Xid xid = Xids.of("test-1~abcdef", 7);

  private static final class NoRecovery implements Recoverability {

    @Override
    public @Nullable String enlistmentRefusal() {
      return null;
    }

    @Override
    public CommitRank commitRank() {
      return CommitRank.DATABASE;
    }

    @Override
    public ListAnswer lists(Xid xid) {
      return ListAnswer.NO_ANSWER;
    }
  }

  private BranchResource prepared(Xid of, String resource) throws XAException {
    BranchResource wrapper = ledger.wrap(rm.connection(), resource, new NoRecovery());
    wrapper.start(of, XAResource.TMNOFLAGS);
    wrapper.end(of, XAResource.TMSUCCESS);
    wrapper.prepare(of);
    return wrapper;
  }

  private static TrackedBranch branch(BranchResource wrapper) {
    return Objects.requireNonNull(wrapper.branch());
  }

  private static Gtrid gtrid(Xid of) {
    return Gtrid.of(of);
  }

  @Test
  void keepsTheBranchesOfATransactionInTheirOrderUntilItIsOver() throws XAException {
    Xid second = Xids.of(Xids.FORMAT, xid.getGlobalTransactionId(), new byte[] {1});
    BranchResource orders = prepared(xid, "orders");
    BranchResource events = prepared(second, "events");

    assertThat(ledger.branches(gtrid(xid))).containsExactly(branch(orders), branch(events));
    orders.commit(xid, false);
    assertThat(ledger.branches(gtrid(xid))).as("finished ones too").hasSize(2);

    ledger.over(gtrid(xid));
    assertThat(ledger.branches(gtrid(xid))).isEmpty();
    assertThat(ledger.inDoubt()).containsExactly(branch(events));
  }

  @Test
  void keepsNothingOnceAllIsFinished() throws XAException {
    BranchResource wrapper = prepared(xid, "orders");
    wrapper.commit(xid, false);
    ledger.over(gtrid(xid));

    assertThat(ledger).extracting("transactions", MAP).isEmpty();
    assertThat(ledger).extracting("unfinished", MAP).isEmpty();
  }

  @Test
  void tellsOfTheEndOnce() throws XAException {
    List<String> told = new ArrayList<>();
    BranchResource wrapper = prepared(xid, "orders");
    branch(wrapper).whenFinished(() -> told.add("first"));
    branch(wrapper).whenFinished(() -> told.add("second"));
    assertThat(told).isEmpty();

    wrapper.commit(xid, false);
    ledger.finished(XidKey.of(xid), BranchState.ROLLED_BACK);

    assertThat(told).containsExactly("first", "second");
    assertThat(branch(wrapper).state())
        .as("a finished branch stays")
        .isEqualTo(BranchState.COMMITTED);

    branch(wrapper).whenFinished(() -> told.add("late"));
    assertThat(told).containsExactly("first", "second", "late");
  }

  @Test
  void isNotMisledByAListenerThatFails() throws XAException {
    List<String> told = new ArrayList<>();
    BranchResource wrapper = prepared(xid, "orders");
    branch(wrapper)
        .whenFinished(
            () -> {
              throw new IllegalStateException("pool is closed");
            });
    branch(wrapper).whenFinished(() -> told.add("second"));

    wrapper.commit(xid, false);

    assertThat(branch(wrapper).state()).isEqualTo(BranchState.COMMITTED);
    assertThat(told).containsExactly("second");
    assertThat(log.warnings()).singleElement().asString().contains("HANDFAST001061", "'orders'");
  }

  @Test
  void isToldByRecovery() throws XAException {
    BranchResource wrapper = prepared(xid, "orders");
    ledger.over(gtrid(xid));

    ledger.finished(XidKey.of(xid), BranchState.ROLLED_BACK);

    assertThat(branch(wrapper).state()).isEqualTo(BranchState.ROLLED_BACK);
    assertThat(ledger.inDoubt()).isEmpty();
  }

  @Test
  void givesUpWhatNobodyNeeds() throws XAException {
    Xid listed = Xids.of("test-1~abcdef", 7);
    Xid elsewhere = Xids.of("test-1~abcdef", 7);
    BranchResource gone = prepared(xid, "orders");
    BranchResource kept = prepared(listed, "orders");
    BranchResource other = prepared(elsewhere, "events");

    ledger.reconcile("orders", XidKey.of(listed)::equals);

    assertThat(branch(gone).state()).isEqualTo(BranchState.UNKNOWN);
    assertThat(branch(kept).state()).isEqualTo(BranchState.PREPARED);
    assertThat(branch(other).state()).isEqualTo(BranchState.PREPARED);
  }

  @Test
  void knowsWhatMayHaveVoted() throws XAException {
    BranchResource active = ledger.wrap(rm.connection(), "orders", new NoRecovery());
    active.start(Xids.of("test-1~abcdef", 7), XAResource.TMNOFLAGS);
    BranchResource voted = prepared(xid, "orders");

    assertThat(ledger.inDoubt()).containsExactly(branch(voted));
    assertThat(branch(voted))
        .hasToString("branch " + XidKey.of(xid).bqual() + " of 'orders' (PREPARED)");
  }
}
