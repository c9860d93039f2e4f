package dev.handfast.xa.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.BranchResource;
import dev.handfast.xa.internal.branch.Recoverability;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.transaction.Completion.Heuristic;
import dev.handfast.xa.internal.transaction.Completion.Kind;
import dev.handfast.xa.internal.transaction.Completion.RolledBack;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.CommitRank;
import java.util.List;
import java.util.Objects;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of the only branch of a transaction whose end failed beneath. */
final class VerdictTest {

  private final ScriptedRm rm = new ScriptedRm("orders");
  private final Xid xid = Xids.of("test-1~abcdef", 7);
  private final BranchResource resource =
      new BranchLedger().wrap(rm.connection(), "orders", new Away());

  private static final class Away implements Recoverability {

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
      return ListAnswer.NO_ANSWER;
    }
  }

  private Completion broken() {
    List<TrackedBranch> branches = List.of(Objects.requireNonNull(resource.branch()));
    Ending.rollBack(resource);
    return Verdict.broken(branches, false, new OutOfMemoryError("heap"));
  }

  @Test
  void isRolledBackIfNobodyToldItToCommit() throws XAException {
    resource.start(xid, XAResource.TMNOFLAGS);
    rm.then(XaStep.END, Answer.fails(XAException.XAER_RMFAIL));
    rm.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));

    assertThat(broken()).isInstanceOf(RolledBack.class);
  }

  @Test
  void isUnknownIfItWasToldAndDidNotAnswer() throws XAException {
    resource.start(xid, XAResource.TMNOFLAGS);
    resource.end(xid, XAResource.TMSUCCESS);
    rm.then(XaStep.ONE_PHASE, Answer.lost(XAException.XAER_RMFAIL));
    assertThatThrownBy(() -> resource.commit(xid, true)).isInstanceOf(XAException.class);

    assertThat(broken())
        .isInstanceOfSatisfying(
            Heuristic.class, told -> assertThat(told.kind()).isEqualTo(Kind.UNKNOWN));
  }
}
