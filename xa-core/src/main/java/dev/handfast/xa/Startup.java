package dev.handfast.xa;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.Settings;
import dev.handfast.xa.internal.log.DecisionRecord;
import dev.handfast.xa.internal.log.LogStoreException;
import dev.handfast.xa.internal.log.LoggedBranch;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.management.AuditLog;
import dev.handfast.xa.internal.management.Management;
import dev.handfast.xa.internal.narayana.TransactionRuntime;
import dev.handfast.xa.internal.recovery.Admission;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The order of a start: log, transaction manager, resources, checks, recovery. Whatever fails, what
 * was opened before it is closed again.
 */
final class Startup {

  private static final Logger LOG = Logger.getLogger(Handfast.class);

  private final Settings settings;
  private final Map<String, OpenResource> opened = new LinkedHashMap<>();
  private @Nullable Tenure log;
  private @Nullable TransactionRuntime runtime;

  private Startup(Settings settings) {
    this.settings = settings;
  }

  static Handfast start(Settings settings, List<Resource<?>> resources) {
    Startup startup = new Startup(settings);
    try {
      return startup.run(resources);
    } catch (LogStoreException | IllegalStateException e) {
      startup.undo(e);
      throw new StartRefusedException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      startup.undo(e);
      throw e;
    }
  }

  /** Opens a log to look at it; checks nothing, recovers nothing. */
  static OpenStore look(Settings settings, List<Resource<?>> resources) {
    Startup startup = new Startup(settings);
    try {
      return startup.looking(resources);
    } catch (LogStoreException | IllegalStateException e) {
      startup.undo(e);
      throw new StartRefusedException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      startup.undo(e);
      throw e;
    }
  }

  private OpenStore looking(List<Resource<?>> resources) {
    if (settings.logStore().directory() == null) {
      throw new IllegalStateException(
          "The log store is in memory: there is nothing to open. To solve this, name the directory"
              + " of a log store.");
    }
    Tenure decisions = Tenure.look(settings.logStore(), settings.nodeName());
    log = decisions;
    TransactionRuntime transactions = TransactionRuntime.open(settings, decisions);
    runtime = transactions;
    transactions.refuseNew("The store is open for recovery alone: no transaction can be begun");
    for (Resource<?> resource : resources) {
      open(resource, transactions);
    }
    RuntimeRecovery recovery =
        new RuntimeRecovery(
            decisions,
            transactions,
            new RecoveryReport(0, 0, 0, List.of(), Duration.ZERO),
            AuditLog.in(settings.logStore().directory()));
    return new LookedAtStore(decisions, transactions, List.copyOf(opened.values()), recovery);
  }

  private Handfast run(List<Resource<?>> resources) {
    Tenure decisions = Tenure.open(settings.logStore(), settings.nodeName());
    log = decisions;
    if (settings.logStore().directory() == null) {
      LOG.warn(
          "HANDFAST001001 The log store is in memory: nothing can be recovered after a crash. It is"
              + " for tests.");
    }
    TransactionRuntime transactions = TransactionRuntime.open(settings, decisions);
    runtime = transactions;
    for (Resource<?> resource : resources) {
      open(resource, transactions);
    }
    requireNothingMissing(transactions.pending());
    warnOfUnasked(decisions.resources().names());
    Map<String, Admission> checks = transactions.recovery().beginAdmissions();
    for (OpenResource resource : opened.values()) {
      check(resource, Objects.requireNonNull(checks.get(resource.definition().name())));
    }
    RecoveryReport report = transactions.recovery().untilSettled();
    transactions.recovery().schedule(settings.recovery().period());
    LOG.infof(
        "HANDFAST001002 Node %s started on %s: recovery committed %d and rolled back %d branches in"
            + " %d ms, %d are left%s",
        decisions.identity().xidSuffix(),
        decisions.location(),
        report.committed(),
        report.rolledBack(),
        report.duration().toMillis(),
        report.unresolved(),
        report.unreachable().isEmpty()
            ? ""
            : ", and " + report.unreachable() + " could not be asked");
    AuditLog audit = AuditLog.in(settings.logStore().directory());
    RuntimeRecovery recovery = new RuntimeRecovery(decisions, transactions, report, audit);
    Management management =
        Management.open(
            settings.nodeName().value(),
            recovery,
            settings.controlSocket() ? settings.logStore().directory() : null,
            user -> recovery.by(user, "control-socket"));
    return new HandfastRuntime(
        decisions, transactions, List.copyOf(opened.values()), recovery, management);
  }

  private <H> void open(Resource<H> resource, TransactionRuntime transactions) {
    ResourceManager<H> manager =
        resource.open(
            new AdapterContext(resource.name(), transactions, settings.recovery().callTimeout()));
    opened.put(resource.name(), new OpenResource(resource, manager));
    transactions.recovery().add(resource.name(), manager);
  }

  private void requireNothingMissing(List<DecisionRecord> pending) {
    Map<String, Set<String>> missing = new TreeMap<>();
    for (DecisionRecord decision : pending) {
      for (LoggedBranch branch : decision.branches()) {
        if (!opened.containsKey(branch.resource())) {
          missing.computeIfAbsent(branch.resource(), name -> new TreeSet<>()).add(decision.gtrid());
        }
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    String list =
        missing.entrySet().stream()
            .map(entry -> "'" + entry.getKey() + "' (" + String.join(", ", entry.getValue()) + ")")
            .collect(Collectors.joining("; "));
    String text =
        "The log holds decisions for resources that are not configured: "
            + list
            + ". Their branches stay in doubt and hold locks.";
    if (!settings.recovery().allowMissingResources()) {
      throw new StartRefusedException(
          text
              + " To solve this, restore the keys handfast.datasource.NAME.* or handfast.jms.NAME.*,"
              + " or set handfast.recovery.missing-resources=allow to start without them.");
    }
    LOG.warn("HANDFAST001003 " + text);
  }

  /** No decision waits for them, but a branch that was never decided may be prepared there. */
  private void warnOfUnasked(Set<String> names) {
    Set<String> unasked = new TreeSet<>(names);
    unasked.removeAll(opened.keySet());
    if (!unasked.isEmpty()) {
      LOG.warnf(
          "HANDFAST001006 This log store was used with resources that are not configured: %s. What"
              + " may be prepared there without a decision is not looked for, and holds its locks.",
          unasked);
    }
  }

  private static void check(OpenResource resource, Admission admission) {
    String name = resource.definition().name();
    ResourceManager<?> manager = resource.manager();
    try {
      String refusal = admission.await();
      if (refusal != null) {
        throw new ConfigurationException(refusal);
      }
    } catch (ResourceUnavailableException e) {
      if (manager.requiredAtStart()) {
        throw new StartRefusedException(
            "Resource '"
                + name
                + "' ("
                + manager.description().url()
                + ") cannot be reached: "
                + e.getMessage()
                + ". To solve this, start it, or set required-at-start=false for it: its in-doubt"
                + " branches are then recovered when it comes.",
            e);
      }
      LOG.warnf(
          "HANDFAST001004 Resource '%s' (%s) cannot be reached at start and is not required: %s",
          name, manager.description().url(), e.getMessage());
    }
  }

  private void undo(Throwable cause) {
    if (runtime != null) {
      TransactionRuntime transactions = runtime;
      attempt(cause, () -> transactions.recovery().close());
      opened.values().forEach(resource -> attempt(cause, () -> resource.manager().close()));
      attempt(cause, transactions::close);
    }
    if (log != null) {
      attempt(cause, log::close);
    }
  }

  private static void attempt(Throwable cause, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
