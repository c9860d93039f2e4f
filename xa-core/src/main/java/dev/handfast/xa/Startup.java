package dev.handfast.xa;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.Scrubber;
import dev.handfast.xa.config.Settings;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.management.AuditLog;
import dev.handfast.xa.internal.management.Management;
import dev.handfast.xa.internal.management.OperatorRecovery;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.rm.Admission;
import dev.handfast.xa.internal.runtime.OpenResource;
import dev.handfast.xa.internal.runtime.RuntimeParts;
import dev.handfast.xa.internal.runtime.RuntimeStatus;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Starts a runtime in this order: log, transaction manager, resources, checks, recovery. If a step
 * fails, everything that was opened before it is closed again.
 */
final class Startup {

  private static final MessageLog LOG = MessageLog.of(Handfast.class);

  private final Settings settings;
  private final RuntimeParts parts;
  private final Platform platform;

  private Startup(Settings settings, RuntimeParts parts, Platform platform) {
    this.settings = settings;
    this.parts = parts;
    this.platform = platform;
  }

  static Handfast start(Settings settings, List<Resource<?>> resources) {
    return start(settings, resources, Platform.system());
  }

  static Handfast start(Settings settings, List<Resource<?>> resources, Platform platform) {
    return opened(
        settings,
        platform,
        () -> Tenure.open(settings.logStore(), settings.nodeName(), platform),
        startup -> startup.started(resources));
  }

  static OpenStore look(Settings settings, List<Resource<?>> resources) {
    return look(settings, resources, Platform.system());
  }

  /** Opens a log to look at it; no resource is checked and nothing is recovered. */
  static OpenStore look(Settings settings, List<Resource<?>> resources, Platform platform) {
    return opened(
        settings,
        platform,
        () -> existing(settings, platform),
        startup -> startup.lookedAt(resources));
  }

  private static Tenure existing(Settings settings, Platform platform) {
    if (settings.logStore() instanceof LogStoreSettings.File file) {
      return Tenure.look(file, settings.nodeName(), platform);
    }
    throw new IllegalStateException(
        "The log store is in memory: there is nothing to open. To solve this, name the directory"
            + " of a log store.");
  }

  private static <T> T opened(
      Settings settings, Platform platform, Supplier<Tenure> tenure, Function<Startup, T> opening) {
    return withoutSecrets(
        () -> {
          try {
            RuntimeParts parts = RuntimeParts.open(settings, tenure.get(), platform);
            return orClosed(parts, () -> opening.apply(new Startup(settings, parts, platform)));
          } catch (LogStoreException | IllegalStateException e) {
            throw new StartRefusedException(String.valueOf(e.getMessage()), e);
          }
        });
  }

  /** What it is refused for holds no secret, nor do the causes of that. */
  static <T> T withoutSecrets(Supplier<T> opening) {
    try {
      return opening.get();
    } catch (RuntimeException e) {
      Throwable told = Scrubber.byPatterns().failure(e);
      throw told == e ? e : refusal(e, told);
    }
  }

  private static RuntimeException refusal(RuntimeException refused, Throwable told) {
    String text = Scrubber.byPatterns().text(refused.getMessage());
    RuntimeException refusal =
        refused instanceof ConfigurationException
            ? new ConfigurationException(text)
            : new StartRefusedException(text);
    refusal.initCause(
        refused instanceof StartRefusedException || refused instanceof ConfigurationException
            ? told.getCause()
            : told);
    refusal.setStackTrace(refused.getStackTrace());
    Arrays.stream(told.getSuppressed()).forEach(refusal::addSuppressed);
    return refusal;
  }

  private static <T> T orClosed(RuntimeParts parts, Supplier<T> opening) {
    try {
      return opening.get();
    } catch (RuntimeException | Error e) {
      try {
        parts.close();
      } catch (RuntimeException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  private OpenStore lookedAt(List<Resource<?>> resources) {
    parts
        .coordinator()
        .refuseNew("The store is open for recovery alone: no transaction can be begun");
    parts.open(resources, TransactedRunner.apart(parts.coordinator()));
    RecoveryReport none = new RecoveryReport(0, 0, 0, List.of(), Duration.ZERO);
    return new LookedAtStore(parts, recovery(none));
  }

  private Handfast started(List<Resource<?>> resources) {
    if (settings.logStore() instanceof LogStoreSettings.InMemory) {
      LOG.warn(
          "HANDFAST001001 The log store is in memory: nothing can be recovered after a crash. It is"
              + " for tests.");
    }
    parts.open(resources, TransactedRunner.apart(parts.coordinator()));
    requireNothingMissing(parts.decisions().pending());
    warnOfUnasked(parts.tenure().resources().names());
    Map<String, Admission> checks = parts.passes().resources().beginAdmissions();
    for (OpenResource resource : parts.resources()) {
      check(resource, Objects.requireNonNull(checks.get(resource.name())));
    }
    RecoveryReport report = parts.passes().untilSettled();
    parts.passes().schedule(settings.recovery().period());
    tell(report);
    OperatorRecovery recovery = recovery(report);
    Management management =
        Management.open(
            settings.nodeName().value(),
            recovery,
            settings.controlSocket() ? settings.logStore().directory() : null,
            user -> recovery.by(user, "control-socket"),
            platform);
    return new HandfastRuntime(parts, recovery, management);
  }

  private OperatorRecovery recovery(RecoveryReport startup) {
    return new OperatorRecovery(
        new RuntimeStatus(parts, startup),
        parts.passes(),
        parts.orders(),
        new AuditLog(parts.audit()));
  }

  private void tell(RecoveryReport report) {
    LOG.infof(
        "HANDFAST001002 Node %s started on %s: recovery committed %d and rolled back %d branches in"
            + " %d ms, %d are left%s",
        parts.tenure().identity().xidSuffix(),
        parts.tenure().location(),
        report.committed(),
        report.rolledBack(),
        report.duration().toMillis(),
        report.unresolved(),
        report.unreachable().isEmpty()
            ? ""
            : ", and " + report.unreachable() + " could not be asked");
  }

  private void requireNothingMissing(List<DecisionRecord> pending) {
    Map<String, Set<String>> missing = new TreeMap<>();
    for (DecisionRecord decision : pending) {
      for (LoggedBranch branch : decision.branches()) {
        if (!parts.names().contains(branch.resource())) {
          missing
              .computeIfAbsent(branch.resource(), name -> new TreeSet<>())
              .add(decision.gtrid().hex());
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

  /**
   * Warns of resources that are not configured: no decision waits for them, but a branch that was
   * never decided may be prepared there.
   */
  private void warnOfUnasked(Set<String> names) {
    Set<String> unasked = new TreeSet<>(names);
    unasked.removeAll(parts.names());
    if (!unasked.isEmpty()) {
      LOG.warnf(
          "HANDFAST001006 This log store was used with resources that are not configured: %s. What"
              + " may be prepared there without a decision is not looked for, and holds its locks.",
          unasked);
    }
  }

  private static void check(OpenResource resource, Admission admission) {
    String name = resource.name();
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
}
