package dev.handfast.xa.internal.pass;

import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.rm.ResourceManagers;
import dev.handfast.xa.internal.rm.RmFacade;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
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
import org.jboss.logging.MDC;

/**
 * What one pass does after the resource managers were listed: it commits what is decided, rolls
 * back what was never decided, and clears what is finished. Each resource manager is worked on by a
 * thread of its own, so that one that is slow or hangs delays no other, but for the order of
 * commits: a decided branch waits until the branches of lower rank of its transaction have
 * answered.
 */
final class Replay {

  private static final MessageLog LOG = MessageLog.of(Replay.class);

  private static final String GTRID = "handfast.gtrid";

  private final Decisions decisions;
  private final ResourceManagers resources;
  private final Platform platform;

  Replay(Decisions decisions, ResourceManagers resources, Platform platform) {
    this.decisions = decisions;
    this.resources = resources;
    this.platform = platform;
  }

  void run() {
    Map<String, List<XidKey>> decided = new HashMap<>();
    List<DecisionRecord> pending = decisions.pending();
    pending.forEach(record -> addOpen(record, decided));
    resources.all().forEach(rm -> addUnnamed(rm, decided));
    List<Thread> threads = new ArrayList<>();
    for (CommitRank rank : CommitRank.values()) {
      List<Thread> before = List.copyOf(threads);
      for (RmFacade rm : resources.all()) {
        if (rm.commitRank() == rank && rm.isReachable()) {
          threads.add(begin(rm, decided.getOrDefault(rm.name(), List.of()), before));
        }
      }
    }
    threads.forEach(Replay::await);
    strikeAbsent(resources.all());
    pending.forEach(
        record ->
            inLog(
                record.gtrid(),
                () ->
                    decisions.clearIfFinished(
                        record.gtrid(), resources.hasLeftAll(record.gtrid()))));
    settle();
  }

  /** What the log refuses is tried again by the next pass, and costs nobody else. */
  private static void inLog(Gtrid gtrid, Runnable work) {
    try {
      work.run();
    } catch (LogStoreException e) {
      LOG.warnf(
          e,
          "HANDFAST001067 What became of transaction %s could not be logged; every pass tries again",
          gtrid);
    }
  }

  private void settle() {
    try {
      decisions.settle();
    } catch (LogStoreException e) {
      LOG.debug("Finished transactions may be found again by the next start", e);
    }
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

  /** An order was for all branches, and not every resource manager could be asked then. */
  private void addUnnamed(RmFacade rm, Map<String, List<XidKey>> decided) {
    for (XidKey branch : rm.listed()) {
      DecisionRecord order = decisions.of(branch.transaction());
      if (order != null && order.commit() && order.isOrdered() && !order.names(branch.bqual())) {
        decided.computeIfAbsent(rm.name(), name -> new ArrayList<>()).add(branch);
      }
    }
  }

  private Thread begin(RmFacade rm, List<XidKey> decided, List<Thread> before) {
    Thread thread =
        platform
            .daemons("handfast-recovery-pass-" + rm.name())
            .newThread(() -> work(rm, decided, before));
    thread.setUncaughtExceptionHandler(
        (failed, e) ->
            LOG.errorf(e, "HANDFAST001037 A recovery pass failed; the next one tries again"));
    thread.start();
    return thread;
  }

  /** What waits for others is tried again when all that could be done for them is done. */
  private void work(RmFacade rm, List<XidKey> decided, List<Thread> before) {
    List<XidKey> waiting = commit(rm, decided);
    decisions.presumedAborted(rm.listed()).forEach(branch -> named(branch, rm::rollback));
    rm.confirm();
    before.forEach(Replay::await);
    var unused = commit(rm, waiting);
    rm.confirm();
  }

  /**
   * Commits what waits for nobody, and returns the others. The log is read anew for each, for a
   * decision may have turned or its record gone since.
   */
  private List<XidKey> commit(RmFacade rm, List<XidKey> decided) {
    List<XidKey> waiting = new ArrayList<>();
    for (XidKey branch : decided) {
      DecisionRecord decision = decisions.of(branch.transaction());
      if (decision == null
          || !decision.commit()
          || decisions.quarantine().isUndecided(branch.transaction())) {
        continue;
      }
      if (resources.waitsFor(rm.name(), decision).isEmpty()) {
        named(branch, rm::commit);
      } else {
        waiting.add(branch);
      }
    }
    return waiting;
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
        inLog(key.transaction(), () -> decisions.strike(key));
      }
    }
  }
}
