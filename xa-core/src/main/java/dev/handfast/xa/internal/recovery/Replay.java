package dev.handfast.xa.internal.recovery;

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

  private final Evidence evidence;

  Replay(Evidence evidence) {
    this.evidence = evidence;
  }

  void run(Collection<RmFacade> resources) {
    Map<String, List<XidKey>> decided = new HashMap<>();
    List<String> gtrids = new ArrayList<>();
    for (Evidence.Logged logged : evidence.logged()) {
      if (!evidence.isLive(logged.gtrid())) {
        gtrids.add(logged.gtrid());
        addOpen(logged, decided);
      }
    }
    List<Thread> threads = new ArrayList<>();
    for (RmFacade rm : resources) {
      if (rm.isReachable()) {
        threads.add(begin(rm, decided.getOrDefault(rm.name(), List.of())));
      }
    }
    threads.forEach(Replay::await);
    strikeAbsent(resources);
    gtrids.forEach(this::clear);
  }

  private void addOpen(Evidence.Logged logged, Map<String, List<XidKey>> decided) {
    for (Evidence.Branch branch : logged.open()) {
      if (logged.commit() && branch.heuristic() == null) {
        decided
            .computeIfAbsent(branch.resource(), name -> new ArrayList<>())
            .add(new XidKey(evidence.formatId(), logged.gtrid(), branch.bqual()));
      }
    }
  }

  private Thread begin(RmFacade rm, List<XidKey> decided) {
    Thread thread =
        new Thread(
            () -> {
              decided.forEach(branch -> named(branch, rm::commit));
              rm.listed().stream()
                  .filter(this::isOrphan)
                  .forEach(branch -> named(branch, rm::rollback));
            },
            "handfast-recovery-pass-" + rm.name());
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (failed, e) ->
            LOG.errorf(e, "HANDFAST001037 A recovery pass failed; the next one tries again"));
    thread.start();
    return thread;
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

  /**
   * Presumed abort, and nothing more: a listed branch of ours, of a recorded start, that is neither
   * live nor claimed by the log. Live is asked before logged, because a transaction ceases to be
   * live only after its decision is in the log or its branches are finished.
   */
  private boolean isOrphan(XidKey branch) {
    return !evidence.isLive(branch.gtrid()) && !evidence.claims(branch);
  }

  private static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void strikeAbsent(Collection<RmFacade> resources) {
    List<Evidence.Logged> overruled =
        evidence.logged().stream().filter(logged -> !logged.commit()).toList();
    if (!overruled.isEmpty()) {
      Map<String, Set<XidKey>> listed =
          resources.stream()
              .filter(RmFacade::isReachable)
              .collect(Collectors.toMap(RmFacade::name, RmFacade::listed));
      overruled.forEach(logged -> strikeAbsent(logged, listed));
    }
  }

  /** What an operator had rolled back against the log, and is not listed, is rolled back. */
  private void strikeAbsent(Evidence.Logged overruled, Map<String, Set<XidKey>> listed) {
    for (Evidence.Branch branch : overruled.open()) {
      XidKey key = new XidKey(evidence.formatId(), overruled.gtrid(), branch.bqual());
      Set<XidKey> there = listed.get(branch.resource());
      if (branch.heuristic() == null && there != null && !there.contains(key)) {
        evidence.strike(key);
      }
    }
  }

  private void clear(String gtrid) {
    Evidence.Logged left = evidence.logged(gtrid);
    if (left != null && left.open().isEmpty()) {
      evidence.clear(gtrid);
    }
  }
}
