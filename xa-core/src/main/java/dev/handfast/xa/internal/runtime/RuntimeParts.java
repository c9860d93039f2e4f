package dev.handfast.xa.internal.runtime;

import dev.handfast.xa.config.Settings;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.XidOwnership;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.directory.StoreIdentity;
import dev.handfast.xa.internal.narayana.NarayanaRuntime;
import dev.handfast.xa.internal.order.AuditWriter;
import dev.handfast.xa.internal.order.OrderDesk;
import dev.handfast.xa.internal.pass.RecoveryPasses;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.transaction.AdapterContext;
import dev.handfast.xa.internal.transaction.Coordinator;
import dev.handfast.xa.internal.transaction.NewTransaction;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The parts of one runtime, from the log up to the opened resources. */
public final class RuntimeParts implements AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(RuntimeParts.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final Settings settings;
  private final Platform platform;
  private final Tenure tenure;
  private final NarayanaRuntime narayana;
  private final RecoveryPasses passes;
  private final OrderDesk orders;
  private final AuditWriter audit;
  private final List<OpenResource> resources = new ArrayList<>();

  private RuntimeParts(
      Settings settings, Tenure tenure, NarayanaRuntime narayana, Platform platform) {
    this.settings = settings;
    this.platform = platform;
    this.tenure = tenure;
    this.narayana = narayana;
    StoreIdentity identity = tenure.identity();
    Decisions decisions = narayana.decisions();
    XidOwnership ownership = XidOwnership.of(tenure, decisions.formatId());
    this.passes =
        new RecoveryPasses(
            decisions,
            ownership,
            identity.xidSuffix(),
            settings.recovery().callTimeout(),
            platform);
    this.orders = new OrderDesk(identity.node().value(), ownership, decisions, passes, platform);
    this.audit =
        AuditWriter.in(
            settings.logStore().directory(), settings.recovery().callTimeout(), platform);
  }

  /**
   * Sets up the transaction manager and recovery on a log; opens no resource.
   *
   * @param tenure of the log, which is closed if this fails
   * @throws IllegalStateException if another runtime of this class loader is running
   */
  public static RuntimeParts open(Settings settings, Tenure tenure, Platform platform) {
    try {
      return around(settings, tenure, NarayanaRuntime.open(settings, tenure, platform), platform);
    } catch (RuntimeException | Error e) {
      closeAfter(e, tenure::close);
      throw e;
    }
  }

  private static RuntimeParts around(
      Settings settings, Tenure tenure, NarayanaRuntime narayana, Platform platform) {
    try {
      return new RuntimeParts(settings, tenure, narayana, platform);
    } catch (RuntimeException | Error e) {
      closeAfter(e, narayana::close);
      throw e;
    }
  }

  /** Closes what was opened before a failure, which stays the one that is told. */
  private static void closeAfter(Throwable failure, Runnable close) {
    try {
      close.run();
    } catch (RuntimeException also) {
      failure.addSuppressed(also);
    }
  }

  /**
   * Opens resources in their order; what was opened before one that fails stays open until {@link
   * #close}.
   *
   * @param apart runs work that comes in by a resource
   */
  public void open(List<Resource<?>> definitions, NewTransaction apart) {
    definitions.forEach(definition -> open(definition, apart));
  }

  private <H> void open(Resource<H> definition, NewTransaction apart) {
    String name = definition.name();
    Probes probes = passes.resources().probes();
    AdapterContext context =
        new AdapterContext(
            name,
            coordinator(),
            narayana.ledger(),
            decisions(),
            settings.recovery().callTimeout(),
            probes,
            apart);
    ResourceManager<H> manager = definition.open(context);
    resources.add(new OpenResource(definition, manager));
    context.recoveredBy(passes.resources().add(name, manager, probes));
  }

  public Settings settings() {
    return settings;
  }

  public Tenure tenure() {
    return tenure;
  }

  public NarayanaRuntime narayana() {
    return narayana;
  }

  public Decisions decisions() {
    return narayana.decisions();
  }

  public Coordinator coordinator() {
    return narayana.coordinator();
  }

  public RecoveryPasses passes() {
    return passes;
  }

  public OrderDesk orders() {
    return orders;
  }

  /** What writes the audit log, to be closed after the passes. */
  public AuditWriter audit() {
    return audit;
  }

  /** The resources that are open, in the order of their definition. */
  public List<OpenResource> resources() {
    return List.copyOf(resources);
  }

  /** The names of the resources that are open. */
  public Set<String> names() {
    return resources.stream().map(OpenResource::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Closes the application's side of every resource, as steps of a closing. */
  public void closeResources(Closing steps) {
    resources.forEach(resource -> steps.attempt(resource.manager()::close));
  }

  /** Ends the transaction manager and gives the log back, as steps of a closing. */
  public void closeFoundation(Closing steps) {
    steps.attempt(narayana::close);
    steps.attempt(tenure::close);
  }

  /**
   * After all is closed, lets go of what would keep the class loader from being freed, within the
   * given time. All is closed whatever becomes of it. While the JVM ends, nothing is freed and
   * nobody waits.
   */
  public void letGo(Duration longest) {
    if (JvmEnd.hasBegun()) {
      return;
    }
    long deadline = platform.momentIn(longest);
    attempt(() -> coordinator().awaitThreads(platform.until(deadline)));
    resources.forEach(
        resource -> attempt(() -> resource.manager().awaitThreads(platform.until(deadline))));
    attempt(LinkedRecords::forget);
  }

  private static void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.debug("The class loader may be kept after the close", e);
    }
  }

  /** Closes everything, the log last; the first error is thrown at the end. */
  @Override
  public void close() {
    Closing steps = new Closing();
    steps.attempt(passes::close);
    steps.attempt(audit::close);
    closeResources(steps);
    closeFoundation(steps);
    letGo(LONGEST_WAIT);
    steps.rethrow();
  }
}
