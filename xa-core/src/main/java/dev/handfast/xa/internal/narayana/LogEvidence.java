package dev.handfast.xa.internal.narayana;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.log.DecisionRecord;
import dev.handfast.xa.internal.log.LoggedBranch;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.recovery.Evidence;
import dev.handfast.xa.spi.XidKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log's index, Narayana and the ledger of branches say. */
final class LogEvidence implements Evidence {

  private final Tenure log;
  private final LogIndex index;
  private final BranchLedger ledger;

  LogEvidence(Tenure log, LogIndex index, BranchLedger ledger) {
    this.log = log;
    this.index = index;
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
    return index.decisions().stream().map(LogEvidence::logged).toList();
  }

  @Override
  public @Nullable Logged logged(String gtrid) {
    DecisionRecord decision = index.decision(gtrid);
    return decision == null ? null : logged(decision);
  }

  private static Logged logged(DecisionRecord decision) {
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
  public boolean claims(XidKey branch) {
    return index.claims(branch);
  }

  @Override
  public void clear(String gtrid) {
    index.clear(gtrid);
  }

  @Override
  public List<Voted> voted() {
    return ledger.inDoubt().stream()
        .map(branch -> new Voted(branch.resource(), branch.key()))
        .toList();
  }

  @Override
  public List<Unreadable> unreadable() {
    return index.unreadable().stream()
        .map(record -> new Unreadable(record.gtrid(), record.place(), record.reason()))
        .toList();
  }

  @Override
  public @Nullable String distrust() {
    return log.damage().reason();
  }

  @Override
  public void strike(XidKey branch) {
    index.strike(branch);
  }

  @Override
  public void decide(String gtrid, boolean commit, List<Branch> prepared) {
    index.decide(
        gtrid,
        commit,
        prepared.stream()
            .map(branch -> new LoggedBranch(branch.resource(), branch.bqual()))
            .toList());
  }

  @Override
  public void release(Unreadable record) {
    if (!log.release(record.gtrid())) {
      throw new IllegalStateException(
          "The record of transaction "
              + record.gtrid()
              + " cannot be given up: "
              + record.reason()
              + ". To solve this, start again: the start reads what is in the log.");
    }
  }

  @Override
  public void trust() {
    log.accept();
  }
}
