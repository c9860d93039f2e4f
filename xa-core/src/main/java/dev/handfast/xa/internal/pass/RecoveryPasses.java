package dev.handfast.xa.internal.pass;

import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.XidOwnership;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.rm.ResourceManagers;
import dev.handfast.xa.internal.rm.RmFacade;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When recovery works: at start-up until nothing changes any more, then every period. One pass at a
 * time. Each pass lists the resource managers first and asks afterwards what is live, so that a
 * transaction that prepares in between is left alone.
 */
public final class RecoveryPasses implements AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(RecoveryPasses.class);

  private static final Duration RETRY = Duration.ofMillis(200);

  private final Decisions decisions;
  private final ResourceManagers resources;
  private final Platform platform;
  private final RecoveryProgress progress;
  private final Tally tally;
  private final ReentrantLock passes = new ReentrantLock();
  private final Set<XidKey> live = new HashSet<>();
  private volatile @Nullable RecoverySchedule schedule;
  private volatile int unresolvedAtLastPass;
  private volatile boolean closed;
  private long turn;

  /**
   * @param probeOwner the name that probe branches carry
   * @param deadline of one call to a resource manager
   */
  public RecoveryPasses(
      Decisions decisions,
      XidOwnership ownership,
      String probeOwner,
      Duration deadline,
      Platform platform) {
    this.decisions = decisions;
    this.platform = platform;
    this.progress = new RecoveryProgress(platform::nanoTime);
    this.tally = new Tally(decisions, progress);
    this.resources =
        new ResourceManagers(decisions, ownership, probeOwner, deadline, tally, platform);
  }

  /** The resource managers that the passes work on. */
  public ResourceManagers resources() {
    return resources;
  }

  /**
   * Does something between two passes, which wait for it: a turn.
   *
   * @throws IllegalStateException if the runtime is closed
   */
  public <T> T between(Supplier<T> work) {
    passes.lock();
    try {
      requireOpen();
      turn++;
      return work.get();
    } finally {
      passes.unlock();
    }
  }

  /**
   * The number of the turn that is under way, to be asked within it. A pass is in a turn as well,
   * so between two turns whose numbers follow each other recovery did nothing.
   */
  public long turn() {
    return turn;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The runtime is closed: recovery runs at its next start");
    }
  }

  /**
   * Runs {@link #untilSettled} after an order, if passes run by themselves; a store that is only
   * open runs none. What goes wrong is left to the next pass, and does not hide what was ordered.
   */
  public void settleIfScheduled() {
    if (schedule != null) {
      RecoverySchedule.survive(() -> unlessClosed(this::untilSettled));
    }
  }

  /**
   * Runs passes back to back until one changes nothing.
   *
   * @throws IllegalStateException if the runtime is closed
   */
  public RecoveryReport untilSettled() {
    return between(this::settled);
  }

  private RecoveryReport settled() {
    long begin = platform.nanoTime();
    tally.clear();
    resources.all().forEach(RmFacade::begin);
    boolean again;
    do {
      int before = tally.ended();
      pass();
      boolean confirmable = resources.probe();
      again = confirmable || tally.ended() > before;
    } while (again);
    Duration duration = Duration.ofNanos(platform.nanoTime() - begin);
    resources.all().forEach(facade -> facade.settled(left(facade)));
    unresolvedAtLastPass = unresolved();
    return new RecoveryReport(
        tally.committed(),
        tally.rolledBack(),
        unresolvedAtLastPass,
        resources.unreachable(),
        duration);
  }

  /** As {@link #untilSettled}, again and again until nothing is unresolved or the time is up. */
  public RecoveryReport untilResolved(Duration timeout) {
    long end = platform.momentIn(timeout);
    RecoveryReport report = untilSettled();
    while (!report.isComplete() && platform.nanosUntil(end) > 0 && paused()) {
      report = report.then(untilSettled());
    }
    return report;
  }

  private boolean paused() {
    try {
      platform.sleep(RETRY);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void pass() {
    decisions.check();
    resources.scan();
    Set<XidKey> open = open();
    Set<Gtrid> running =
        decisions
            .running()
            .among(open.stream().map(XidKey::transaction).collect(Collectors.toSet()));
    live.clear();
    open.stream().filter(branch -> running.contains(branch.transaction())).forEach(live::add);
    progress.begin(resources.all().stream().mapToInt(this::left).sum());
    new Replay(decisions, resources, platform).run();
  }

  private Set<XidKey> open() {
    Set<XidKey> open = new HashSet<>();
    resources.all().forEach(facade -> open.addAll(facade.open()));
    return open;
  }

  private int left(RmFacade facade) {
    Set<XidKey> open = new HashSet<>(facade.open());
    open.removeAll(live);
    return open.size();
  }

  /** As {@link RecoveryReport#unresolved} of the last run. */
  public int unresolvedAtLastPass() {
    return unresolvedAtLastPass;
  }

  /** Branches of ours that were not live at the last pass, and that it did not end. */
  private int unresolved() {
    Set<XidKey> open = open();
    open.removeAll(live);
    return open.size();
  }

  /** Begins the periodic passes on daemon threads. */
  public void schedule(Duration period) {
    schedule = new RecoverySchedule(platform, period, this::periodic, this::anyIsBack);
  }

  private void periodic() {
    unlessClosed(() -> tell(untilSettled()));
  }

  private void unlessClosed(Runnable work) {
    passes.lock();
    try {
      if (!closed) {
        work.run();
      }
    } finally {
      passes.unlock();
    }
  }

  private static void tell(RecoveryReport report) {
    if (report.committed() + report.rolledBack() > 0) {
      LOG.infof(
          "HANDFAST001036 Recovery committed %d and rolled back %d branches; %d are left",
          report.committed(), report.rolledBack(), report.unresolved());
    }
  }

  private boolean anyIsBack() {
    boolean back = false;
    for (RmFacade facade : resources.all()) {
      back |= !closed && !facade.isReachable() && facade.isBack();
    }
    return back;
  }

  /** Ends the periodic passes, waits for one that runs, and ends the workers. */
  @Override
  public void close() {
    RecoverySchedule running = schedule;
    if (running != null) {
      running.stop();
    }
    passes.lock();
    try {
      closed = true;
      resources.close();
    } finally {
      passes.unlock();
    }
    if (running != null) {
      running.await();
    }
  }
}
