package dev.handfast.xa.internal.narayana;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.log.Decision;
import dev.handfast.xa.internal.log.LoggedBranch;
import dev.handfast.xa.internal.recovery.Evidence;
import dev.handfast.xa.spi.XidKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log's index, Narayana and the ledger of branches say. */
final class LogEvidence implements Evidence {

  private final LogIndex log;
  private final BranchLedger ledger;

  LogEvidence(LogIndex log, BranchLedger ledger) {
    this.log = log;
    this.ledger = ledger;
  }

  @Override
  public int formatId() {
    return Gtrids.FORMAT_ID;
  }

  @Override
  public boolean isLive(String gtrid) {
    return Liveness.isLive(gtrid);
  }

  @Override
  public List<Logged> logged() {
    return log.decisions().stream().map(LogEvidence::logged).toList();
  }

  @Override
  public @Nullable Logged logged(String gtrid) {
    Decision decision = log.decision(gtrid);
    return decision == null ? null : logged(decision);
  }

  private static Logged logged(Decision decision) {
    return new Logged(
        decision.gtrid(),
        decision.commit(),
        decision.time(),
        branches(decision.branches()),
        branches(decision.finished()));
  }

  private static List<Branch> branches(List<LoggedBranch> branches) {
    return branches.stream()
        .map(branch -> new Branch(branch.resource(), branch.bqual(), branch.heuristic()))
        .toList();
  }

  @Override
  public List<Voted> voted() {
    return ledger.inDoubt().stream()
        .map(branch -> new Voted(branch.resource(), XidKey.of(branch.xid())))
        .toList();
  }

  @Override
  public List<Unreadable> unreadable() {
    return List.of();
  }

  @Override
  public @Nullable String distrust() {
    return null;
  }

  @Override
  public void strike(XidKey branch) {
    log.strike(branch);
  }

  @Override
  public void release(Unreadable record) {
    throw new IllegalStateException("There is no unreadable record " + record.place());
  }

  @Override
  public void trust() {}
}
