package dev.handfast.xa.internal.management;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.BranchResult;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.recovery.TransactionResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What recovery tells, as JSON documents (docs/operations.md). */
final class Documents {

  static final int SCHEMA_VERSION = 1;

  private Documents() {}

  /** A map in the order of its fields, given as key, value, key, value … */
  static Map<String, @Nullable Object> object(@Nullable Object... fields) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put(String.valueOf(fields[i]), fields[i + 1]);
    }
    return map;
  }

  static Map<String, @Nullable Object> of(InDoubt found) {
    return object(
        "schemaVersion", SCHEMA_VERSION,
        "node", found.node(),
        "transactions", found.transactions().stream().map(Documents::of).toList(),
        "unreachable", found.unreachable());
  }

  static Map<String, @Nullable Object> of(InDoubtTransaction transaction) {
    return object(
        "gtrid", transaction.gtrid(),
        "uid", transaction.uid(),
        "formatId", transaction.formatId(),
        "node", transaction.node(),
        "decision", transaction.decision(),
        "state", transaction.state(),
        "since", text(transaction.since()),
        "sinceSource", transaction.sinceSource(),
        "actions", transaction.actions().stream().map(Documents::word).toList(),
        "branches", transaction.branches().stream().map(Documents::of).toList());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** An action as it is typed. */
  static String word(Action action) {
    return switch (action) {
      case COMMIT, ROLLBACK, FORGET -> action.name().toLowerCase(Locale.ROOT);
      case ACCEPT_RESOURCE -> "resource accept";
      case ACCEPT_STORE -> "store accept";
    };
  }

  private static Map<String, @Nullable Object> of(InDoubtBranch branch) {
    return object(
        "resource", branch.resource(),
        "bqual", branch.bqual(),
        "state", branch.state(),
        "native", branch.nativeForm(),
        "waitsFor", branch.waitsFor());
  }

  static Map<String, @Nullable Object> of(Status status) {
    return object(
        "schemaVersion", SCHEMA_VERSION,
        "node", status.node(),
        "storeId", status.storeId(),
        "startId", status.startId(),
        "logged", status.logged(),
        "active", status.active(),
        "inDoubt", status.inDoubt(),
        "oldest", text(status.oldest()),
        "attention", status.attention(),
        "resources", status.resources().stream().map(Documents::of).toList(),
        "startup", of(status.startup()));
  }

  private static Map<String, @Nullable Object> of(ResourceStatus resource) {
    return object(
        "name", resource.name(),
        "kind", resource.kind(),
        "reachable", resource.reachable(),
        "lastScan", text(resource.lastScan()),
        "inDoubt", resource.inDoubt(),
        "quarantined", resource.quarantined());
  }

  static Map<String, @Nullable Object> of(RecoveryReport report) {
    return object(
        "schemaVersion", SCHEMA_VERSION,
        "committed", report.committed(),
        "rolledBack", report.rolledBack(),
        "unresolved", report.unresolved(),
        "unreachable", report.unreachable(),
        "millis", report.duration().toMillis());
  }

  static Map<String, @Nullable Object> of(ActionReport report) {
    return object(
        "schemaVersion", SCHEMA_VERSION,
        "action", word(report.action()),
        "refusal", report.refusal(),
        "transactions", report.transactions().stream().map(Documents::of).toList(),
        "unreachable", report.unreachable());
  }

  static Map<String, @Nullable Object> of(TransactionResult result) {
    return object(
        "gtrid", result.gtrid(),
        "outcome", result.outcome(),
        "reason", result.reason(),
        "branches", results(result.branches()));
  }

  static List<Map<String, @Nullable Object>> results(List<BranchResult> branches) {
    return branches.stream()
        .map(
            branch ->
                object(
                    "resource", branch.resource(),
                    "bqual", branch.bqual(),
                    "outcome", branch.outcome(),
                    "answer", branch.answer()))
        .toList();
  }
}
