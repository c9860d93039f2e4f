package dev.handfast.xa.internal.pass;

import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.rm.RmFacade;
import dev.handfast.xa.spi.Uninterrupted;
import dev.handfast.xa.spi.XidKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * What one pass does after the resource managers were listed: it commits what is decided, rolls
 * back what was never decided, and clears what is finished. Each resource manager is worked on by a
 * thread of its own, so that one that is slow or hangs delays no other.
 */
final class Replay {

  private static final Logger LOG = Logger.getLogger(Replay.class);

  private static final String GTRID = "handfast.gtrid";

  private final Decisions decisions;
  private final Platform platform;

  Replay(Decisions decisions, Platform platform) {
    this.decisions = decisions;
    this.platform = platform;
  }

  void run(Collection<RmFacade> resources) {
    Map<String, List<XidKey>> decided = new HashMap<>();
    List<DecisionRecord> pending = decisions.pending();
    pending.forEach(record -> addOpen(record, decided));
    List<Thread> threads = new ArrayList<>();
    for (RmFacade rm : resources) {
      if (rm.isReachable()) {
        threads.add(begin(rm, decided.getOrDefault(rm.name(), List.of())));
      }
    }
    threads.forEach(Replay::await);
    strikeAbsent(resources);
    pending.forEach(record -> decisions.clearIfFinished(record.gtrid()));
  }

  private void addOpen(DecisionRecord record, Map<String, List<XidKey>> decided) {
    for (LoggedBranch branch : record.branches()) {
      if (record.commit() && !branch.isHeuristic()) {
        decided
            .computeIfAbsent(branch.resource(), name -> new ArrayList<>())
            .add(decisions.key(record.gtrid(), branch));
      }
    }
  }

  private Thread begin(RmFacade rm, List<XidKey> decided) {
    Thread thread =
        platform.daemons("handfast-recovery-pass-" + rm.name()).newThread(() -> work(rm, decided));
    thread.setUncaughtExceptionHandler(
        (failed, e) ->
            LOG.errorf(e, "HANDFAST001037 A recovery pass failed; the next one tries again"));
    thread.start();
    return thread;
  }

  private void work(RmFacade rm, List<XidKey> decided) {
    decided.forEach(branch -> named(branch, rm::commit));
    decisions.presumedAborted(rm.listed()).forEach(branch -> named(branch, rm::rollback));
  }

  /** What is logged meanwhile carries the transaction. */
  private static void named(XidKey branch, Consumer<XidKey> work) {
    MDC.put(GTRID, branch.gtrid());
    try {
      work.accept(branch);
    } finally {
      MDC.remove(GTRID);
    }
  }

  private static void await(Thread thread) {
    Uninterrupted.await(
        () -> {
          thread.join();
          return true;
        });
  }

  private void strikeAbsent(Collection<RmFacade> resources) {
    List<DecisionRecord> overruled =
        decisions.all().stream().filter(record -> !record.commit()).toList();
    if (!overruled.isEmpty()) {
      Map<String, Set<XidKey>> listed =
          resources.stream()
              .filter(RmFacade::isReachable)
              .collect(Collectors.toMap(RmFacade::name, RmFacade::listed));
      overruled.forEach(record -> strikeAbsent(record, listed));
    }
  }

  /** What an operator had rolled back against the log, and is not listed, is rolled back. */
  private void strikeAbsent(DecisionRecord overruled, Map<String, Set<XidKey>> listed) {
    for (LoggedBranch branch : overruled.branches()) {
      XidKey key = decisions.key(overruled.gtrid(), branch);
      Set<XidKey> there = listed.get(branch.resource());
      if (!branch.isHeuristic() && there != null && !there.contains(key)) {
        decisions.strike(key);
      }
    }
  }
}
