package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * When recovery works: at start-up until nothing changes any more, then every period. One pass at a
 * time. Each pass lists the resource managers first and asks afterwards what is live, so that a
 * transaction that prepares in between is left alone.
 */
public final class RecoveryService implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(RecoveryService.class);

  private static final Duration RETRY = Duration.ofMillis(200);

  private final RecoveryEngine engine;
  private final RecoveryListener listener;
  private final Duration deadline;
  private final XidOwnership ownership;
  private final String probeOwner;
  private final DecidedBranches decided;
  private final ReentrantLock passes = new ReentrantLock();
  private final Map<String, RmFacade> facades = new LinkedHashMap<>();
  private final Tally tally = new Tally();
  private @Nullable ScheduledExecutorService schedule;

  public RecoveryService(
      RecoveryEngine engine,
      RecoveryListener listener,
      DecidedBranches decided,
      XidOwnership ownership,
      String probeOwner,
      Duration deadline) {
    this.engine = engine;
    this.listener = listener;
    this.decided = decided;
    this.ownership = ownership;
    this.probeOwner = probeOwner;
    this.deadline = deadline;
  }

  /** Adds a resource manager; before {@link #begin}. */
  public void add(String name, ResourceManager<?> manager) {
    facades.put(name, new RmFacade(name, manager, deadline, ownership, probeOwner, decided, tally));
  }

  /** No more resource managers come. */
  public void begin() {
    engine.use(List.copyOf(facades.values()));
  }

  /**
   * Runs a call to a resource manager on its worker, under the deadline.
   *
   * @throws ResourceUnavailableException if it does not answer in time, or throws that itself
   */
  public <T> T onWorker(String resource, Callable<T> call) throws ResourceUnavailableException {
    try {
      return facade(resource).onWorker(call);
    } catch (XAException e) {
      throw new ResourceUnavailableException(String.valueOf(e.getMessage()), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ResourceUnavailableException unavailable) {
        throw unavailable;
      }
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new ResourceUnavailableException("'" + resource + "' failed: " + e.getCause(), e);
    }
  }

  private RmFacade facade(String resource) {
    RmFacade facade = facades.get(resource);
    if (facade == null) {
      throw new IllegalArgumentException("No resource is named '" + resource + "'");
    }
    return facade;
  }

  /** Passes back to back until one changes nothing. */
  public RecoveryReport untilSettled() {
    passes.lock();
    try {
      Instant begin = Instant.now();
      Tally total = new Tally();
      boolean changed;
      do {
        pass();
        changed = tally.changed() || facades.values().stream().anyMatch(RmFacade::hasUnconfirmed);
        total.add(tally);
        facades.values().forEach(RmFacade::probe);
      } while (changed);
      Duration duration = Duration.between(begin, Instant.now());
      return new RecoveryReport(total.committed, total.rolledBack, unresolved(), duration);
    } finally {
      passes.unlock();
    }
  }

  /** As {@link #untilSettled}, again and again until nothing is unresolved or the time is up. */
  public RecoveryReport untilResolved(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    RecoveryReport report = untilSettled();
    while (report.unresolved() > 0 && System.nanoTime() - deadline < 0 && paused()) {
      report = report.then(untilSettled());
    }
    return report;
  }

  private static boolean paused() {
    try {
      Thread.sleep(RETRY.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void pass() {
    tally.clear();
    facades.values().forEach(RmFacade::scan);
    engine.pass();
  }

  /** Branches of ours that are neither finished nor live: listed, or decided and not confirmed. */
  private int unresolved() {
    Set<XidKey> open = new HashSet<>();
    for (RmFacade facade : facades.values()) {
      for (Xid xid : facade.open()) {
        if (!engine.isLive(xid)) {
          open.add(XidKey.of(xid));
        }
      }
    }
    open.removeAll(tally.ended);
    return open.size();
  }

  /** Begins the periodic passes on a daemon thread. */
  public void schedule(Duration period) {
    ScheduledExecutorService fresh =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "handfast-recovery");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        fresh.scheduleWithFixedDelay(
            this::periodic, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    schedule = fresh;
  }

  private void periodic() {
    try {
      RecoveryReport report = untilSettled();
      if (report.committed() + report.rolledBack() > 0) {
        LOG.infof(
            "HANDFAST001036 Recovery committed %d and rolled back %d branches; %d are left",
            report.committed(), report.rolledBack(), report.unresolved());
      }
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "HANDFAST001037 A recovery pass failed; the next one tries again");
    }
  }

  /** Whether a resource manager lists a branch; null if no list came within the deadline. */
  public @Nullable Boolean lists(String resource, Xid xid) {
    return facade(resource).lists(xid);
  }

  /** Each resource manager as recovery knows it. */
  public List<ResourceStatus> statuses() {
    return facades.values().stream().map(RmFacade::status).toList();
  }

  /** Ends the periodic passes, waits for one that runs, and ends the workers. */
  @Override
  public void close() {
    if (schedule != null) {
      schedule.shutdown();
    }
    passes.lock();
    try {
      facades.values().forEach(RmFacade::close);
    } finally {
      passes.unlock();
    }
    if (schedule != null) {
      awaitSchedule(schedule);
    }
  }

  private static void awaitSchedule(ScheduledExecutorService schedule) {
    try {
      schedule.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Counts what one pass ends, and tells the listener. */
  private final class Tally implements RecoveryListener {

    private final Set<XidKey> ended = new HashSet<>();
    private int committed;
    private int rolledBack;
    private int other;

    void clear() {
      ended.clear();
      committed = 0;
      rolledBack = 0;
      other = 0;
    }

    void add(Tally pass) {
      committed += pass.committed;
      rolledBack += pass.rolledBack;
      other += pass.other;
    }

    boolean changed() {
      return committed + rolledBack + other > 0;
    }

    @Override
    public void finished(String resource, XidKey xid, BranchState state) {
      if (ended.add(xid)) {
        switch (state) {
          case COMMITTED -> committed++;
          case ROLLED_BACK -> rolledBack++;
          default -> other++;
        }
      }
      listener.finished(resource, xid, state);
    }

    @Override
    public void listed(String resource, Set<XidKey> branches) {
      listener.listed(resource, branches);
    }
  }
}
