package dev.handfast.xa.internal.runtime;

import dev.handfast.xa.internal.log.directory.StoreIdentity;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.order.Attention;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Status;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The state of a runtime at the moment it is asked for; talks to no resource manager. */
public final class RuntimeStatus implements Supplier<Status> {

  private final RuntimeParts parts;
  private final RecoveryReport startup;

  /**
   * @param startup what the recovery before the start found and did
   */
  public RuntimeStatus(RuntimeParts parts, RecoveryReport startup) {
    this.parts = parts;
    this.startup = startup;
  }

  @Override
  public Status get() {
    StoreIdentity identity = parts.tenure().identity();
    List<DecisionRecord> pending = parts.decisions().pending();
    return new Status(
        identity.node().value(),
        identity.storeId(),
        identity.startId(),
        parts.passes().resources().statuses(),
        pending.size(),
        parts.coordinator().running().size(),
        parts.passes().unresolvedAtLastPass(),
        oldest(pending),
        Attention.of(parts.decisions(), parts.passes().resources()),
        startup);
  }

  private static @Nullable Instant oldest(List<DecisionRecord> pending) {
    return pending.stream().map(DecisionRecord::time).min(Comparator.naturalOrder()).orElse(null);
  }
}
