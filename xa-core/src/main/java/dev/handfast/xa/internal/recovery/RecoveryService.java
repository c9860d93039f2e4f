package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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

  private final RecoveryListener listener;
  private final Duration deadline;
  private final NodeId node;
  private final DecidedBranches decided;
  private final KnownIdentities identities;
  private final ReentrantLock passes = new ReentrantLock();
  private final Evidence evidence;
  private final JoinedView view;
  private final Map<String, RmFacade> facades = new LinkedHashMap<>();
  private final Tally tally = new Tally();
  private final Progress progress = new Progress(System::nanoTime);
  private final Set<XidKey> live = new HashSet<>();
  private volatile @Nullable RecoverySchedule schedule;
  private volatile int unresolvedAtLastPass;
  private volatile boolean closed;

  public RecoveryService(
      RecoveryListener listener,
      DecidedBranches decided,
      KnownIdentities identities,
      Evidence evidence,
      NodeId node,
      Duration deadline) {
    this.listener = listener;
    this.decided = decided;
    this.identities = identities;
    this.evidence = evidence;
    this.node = node;
    this.deadline = deadline;
    this.view = new JoinedView(node.name(), node.ownership(), evidence, facades.values(), deadline);
  }

  /** Adds a resource manager before the first pass. */
  public void add(String name, ResourceManager<?> manager) {
    facades.put(
        name,
        new RmFacade(
            name, manager, deadline, node.ownership(), node.suffix(), decided, identities, tally));
  }

  /**
   * Begins to check all resource managers, each on its worker and all under one deadline. They are
   * to be awaited in turn, on this thread, until one is refused and this is closed.
   */
  public Map<String, Admission> beginAdmissions() {
    long end = System.nanoTime() + RmChecks.limit(deadline).toNanos();
    Map<String, Admission> begun = new LinkedHashMap<>();
    facades.forEach((name, facade) -> begun.put(name, facade.link().beginAdmission(end)));
    return begun;
  }

  /** Why no branch of a resource may be enlisted, or null. */
  public @Nullable String enlistmentRefusal(String resource) {
    return facade(resource).link().enlistmentRefusal();
  }

  private RmFacade facade(String resource) {
    RmFacade facade = facades.get(resource);
    if (facade == null) {
      throw new IllegalArgumentException("No resource is named '" + resource + "'");
    }
    return facade;
  }

  /** What is in doubt now; neither waits for a pass nor changes anything. */
  public InDoubt look(Filter filter) {
    return view.look(filter);
  }

  /** What an order would do; changes nothing. */
  public ActionReport preview(Action action, Selection selection) {
    return orders().plan(action, selection).report();
  }

  private Orders orders() {
    return new Orders(view, evidence, facades, identities.names());
  }

  /** Carries an operator's order out, between two passes. */
  public ActionReport carryOut(Action action, Selection selection, String reason, Audit audit) {
    return exclusively(
        () -> {
          scan();
          Orders orders = orders();
          Orders.Plan plan = orders.plan(action, selection);
          if (plan.report().isRefused() || plan.found().transactions().isEmpty()) {
            return plan.report();
          }
          ActionReport report = orders.carryOut(plan, selection, reason, audit);
          settleIfRunning();
          return report;
        });
  }

  /** An operator vouches for the resource manager that is now behind a name. */
  public ActionReport acceptResource(String resource, String reason, Audit audit) {
    return exclusively(
        () -> {
          RmFacade facade = facade(resource);
          facade.scan();
          ActionReport report = new Acceptance(audit, reason).resource(facade);
          settleIfRunning();
          return report;
        });
  }

  /** An operator vouches for a log store that was found changed. */
  public ActionReport acceptStore(String reason, Audit audit) {
    return exclusively(
        () -> {
          ActionReport report = new Acceptance(audit, reason).store(evidence);
          settleIfRunning();
          return report;
        });
  }

  /**
   * What follows from an order at once, unless the store is only open: that runs no pass untold.
   */
  private void settleIfRunning() {
    if (schedule != null) {
      untilSettled();
    }
  }

  private ActionReport exclusively(Supplier<ActionReport> order) {
    passes.lock();
    try {
      requireOpen();
      return order.get();
    } finally {
      passes.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The runtime is closed: recovery runs at its next start");
    }
  }

  /** Passes back to back until one changes nothing. */
  public RecoveryReport untilSettled() {
    passes.lock();
    try {
      requireOpen();
      Instant begin = Instant.now();
      tally.clear();
      facades.values().forEach(RmFacade::begin);
      boolean again;
      do {
        int before = tally.ended.size();
        pass();
        boolean confirmable = probe();
        again = confirmable || tally.ended.size() > before;
      } while (again);
      Duration duration = Duration.between(begin, Instant.now());
      facades.values().forEach(facade -> facade.settled(left(facade)));
      unresolvedAtLastPass = unresolved();
      return new RecoveryReport(
          tally.committed.get(),
          tally.rolledBack.get(),
          unresolvedAtLastPass,
          unreachable(),
          duration);
    } finally {
      passes.unlock();
    }
  }

  private boolean probe() {
    boolean forced = false;
    for (RmFacade facade : facades.values()) {
      forced |= facade.probe();
    }
    return forced;
  }

  /** As {@link #untilSettled}, again and again until nothing is unresolved or the time is up. */
  public RecoveryReport untilResolved(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    RecoveryReport report = untilSettled();
    while (!report.isComplete() && System.nanoTime() - deadline < 0 && paused()) {
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

  private int left(RmFacade facade) {
    Set<XidKey> open = new HashSet<>(facade.open());
    open.removeAll(live);
    return open.size();
  }

  private void pass() {
    scan();
    live.clear();
    for (RmFacade facade : facades.values()) {
      facade.open().stream().filter(branch -> evidence.isLive(branch.gtrid())).forEach(live::add);
    }
    progress.begin(facades.values().stream().mapToInt(this::left).sum());
    new Replay(evidence).run(facades.values());
  }

  /** All at once: those that hang cost the others one deadline together. */
  private void scan() {
    facades.values().forEach(RmFacade::beginScan);
    long end = System.nanoTime() + deadline.toNanos();
    RuntimeException failure = null;
    for (RmFacade facade : facades.values()) {
      try {
        facade.endScan(end);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** As {@link RecoveryReport#unresolved} of the last run. */
  public int unresolvedAtLastPass() {
    return unresolvedAtLastPass;
  }

  /** What waits for an operator, each in words. */
  public List<String> attention() {
    List<String> concerns = new ArrayList<>();
    String distrust = evidence.distrust();
    if (distrust != null) {
      concerns.add("The log store: " + distrust);
    }
    evidence.unreadable().forEach(record -> concerns.add("A record cannot be read: " + record));
    for (Evidence.Logged logged : evidence.logged()) {
      for (Evidence.Branch branch : logged.open()) {
        if (branch.heuristic() != null) {
          concerns.add(
              "'"
                  + branch.resource()
                  + "' ended a branch of "
                  + logged.gtrid()
                  + " on its own: "
                  + branch.heuristic());
        }
      }
    }
    facades.values().forEach(facade -> facade.addAttention(concerns));
    return concerns;
  }

  /** Branches of ours that were not live at the last pass, and that it did not end. */
  private int unresolved() {
    Set<XidKey> open = new HashSet<>();
    for (RmFacade facade : facades.values()) {
      open.addAll(facade.open());
    }
    open.removeAll(live);
    return open.size();
  }

  private List<String> unreachable() {
    return facades.values().stream()
        .filter(facade -> !facade.isReachable())
        .map(RmFacade::name)
        .toList();
  }

  /** Begins the periodic passes on daemon threads. */
  public void schedule(Duration period) {
    schedule = new RecoverySchedule(period, this::periodic, this::anyIsBack);
  }

  private void periodic() {
    passes.lock();
    try {
      if (!closed) {
        tell(untilSettled());
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
    for (RmFacade facade : facades.values()) {
      back |= !closed && !facade.isReachable() && facade.isBack();
    }
    return back;
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
    RecoverySchedule running = schedule;
    if (running != null) {
      running.stop();
    }
    passes.lock();
    try {
      closed = true;
      facades.values().forEach(facade -> facade.link().stop());
      facades.values().forEach(RmFacade::close);
    } finally {
      passes.unlock();
    }
    if (running != null) {
      running.await();
    }
  }

  /** Counts what passes end, each branch once, and tells the listener. */
  private final class Tally implements RecoveryListener {

    private final Set<XidKey> ended = ConcurrentHashMap.newKeySet();
    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicInteger rolledBack = new AtomicInteger();

    void clear() {
      ended.clear();
      committed.set(0);
      rolledBack.set(0);
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
      listener.finished(resource, xid, state);
    }

    @Override
    public void ended(String resource, XidKey xid, Heuristic kind) {
      ended.add(xid);
      listener.ended(resource, xid, kind);
    }

    @Override
    public void listed(String resource, Set<XidKey> branches) {
      listener.listed(resource, branches);
    }
  }
}
