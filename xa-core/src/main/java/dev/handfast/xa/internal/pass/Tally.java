package dev.handfast.xa.internal.pass;

import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.rm.RecoveryListener;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.XidKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands what recovery finds out to the decisions, and counts what passes end, each branch once.
 * Safe for use by many threads.
 */
final class Tally implements RecoveryListener {

  private final Decisions decisions;
  private final RecoveryProgress progress;
  private final Set<XidKey> ended = ConcurrentHashMap.newKeySet();
  private final AtomicInteger committed = new AtomicInteger();
  private final AtomicInteger rolledBack = new AtomicInteger();

  Tally(Decisions decisions, RecoveryProgress progress) {
    this.decisions = decisions;
    this.progress = progress;
  }

  void clear() {
    ended.clear();
    committed.set(0);
    rolledBack.set(0);
  }

  /** How many branches came to an end. */
  int ended() {
    return ended.size();
  }

  int committed() {
    return committed.get();
  }

  int rolledBack() {
    return rolledBack.get();
  }

  @Override
  public void finished(String resource, XidKey xid, BranchState state) {
    progress.step();
    if (ended.add(xid)) {
      switch (state) {
        case COMMITTED -> committed.incrementAndGet();
        case ROLLED_BACK -> rolledBack.incrementAndGet();
        default -> {}
      }
    }
    decisions.finished(xid, state);
  }

  @Override
  public void ended(String resource, XidKey xid, Heuristic kind) {
    ended.add(xid);
    decisions.ended(xid, kind);
  }

  @Override
  public void listed(String resource, Set<XidKey> branches) {
    decisions.listed(resource, branches);
  }
}
