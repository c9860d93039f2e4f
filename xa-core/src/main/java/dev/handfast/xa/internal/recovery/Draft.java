package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.InDoubtTransaction.SinceSource;
import dev.handfast.xa.spi.XidKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What has been gathered of one global transaction, and what follows from it. */
final class Draft {

  /**
   * One branch.
   *
   * @param resource the resource's name
   * @param state what is known of it
   * @param nativeForm for the resource manager's own tools
   * @param since when it is in doubt there, at the latest, or null
   * @param obstacle why nothing can be said of it now; empty if nothing is in the way
   */
  private record Known(
      String resource,
      InDoubtBranch.State state,
      String nativeForm,
      @Nullable Instant since,
      String obstacle) {}

  private final int formatId;
  private final String gtrid;
  private final Map<String, Known> branches = new HashMap<>();
  private XidOwnership.Owner owner = XidOwnership.Owner.OURS;
  private boolean live;
  private Evidence.@Nullable Logged logged;
  private String quarantine = "";

  Draft(int formatId, String gtrid) {
    this.formatId = formatId;
    this.gtrid = gtrid;
  }

  String gtrid() {
    return gtrid;
  }

  XidKey branch(String bqual) {
    return new XidKey(formatId, gtrid, bqual);
  }

  void owner(XidOwnership.Owner found, String why) {
    owner = found;
    if (found == XidOwnership.Owner.QUARANTINED) {
      quarantine = why;
    }
  }

  void live(boolean running) {
    live = running;
  }

  /** Why the log's silence, or what it says, means nothing. */
  void quarantine(String why) {
    owner = XidOwnership.Owner.QUARANTINED;
    quarantine = why;
  }

  void logged(Evidence.Logged found) {
    logged = found;
  }

  boolean isOrphan() {
    return owner == XidOwnership.Owner.OURS && !live && logged == null;
  }

  boolean isOurs() {
    return owner == XidOwnership.Owner.OURS;
  }

  /** A resource manager lists a branch. */
  void listed(
      String resource,
      String bqual,
      @Nullable Heuristic alone,
      String nativeForm,
      @Nullable Instant since,
      String obstacle) {
    InDoubtBranch.State state =
        alone == null ? InDoubtBranch.State.PREPARED : InDoubtBranch.State.of(alone);
    branches.putIfAbsent(bqual, new Known(resource, state, nativeForm, since, obstacle));
  }

  /** The list that named a branch does not name it any more. */
  void gone(Predicate<XidKey> stillThere) {
    branches.keySet().removeIf(bqual -> !stillThere.test(branch(bqual)));
  }

  boolean isEmpty() {
    return branches.isEmpty();
  }

  /** A branch that the log or this process names. */
  void named(
      String resource,
      String bqual,
      InDoubtBranch.State state,
      String nativeForm,
      String obstacle) {
    Known listed = branches.get(bqual);
    if (listed == null) {
      branches.put(bqual, new Known(resource, state, nativeForm, null, obstacle));
    } else if (state.isHeuristic() || !listed.resource.equals(resource)) {
      InDoubtBranch.State known = state.isHeuristic() ? state : listed.state;
      branches.put(
          bqual, new Known(resource, known, listed.nativeForm, listed.since, listed.obstacle));
    }
  }

  InDoubtTransaction finish(XidText text) {
    Decision decision = decision();
    InDoubtTransaction.State state = state();
    Instant since = since();
    return new InDoubtTransaction(
        gtrid,
        text.uid(formatId, gtrid),
        formatId,
        text.node(formatId, gtrid),
        decision,
        state,
        since,
        since == null ? null : logged == null ? SinceSource.RM : SinceSource.LOG,
        actions(decision, state),
        branches.entrySet().stream()
            .map(entry -> branch(entry.getKey(), entry.getValue(), state, text))
            .sorted(
                Comparator.comparing(InDoubtBranch::resource).thenComparing(InDoubtBranch::bqual))
            .toList());
  }

  private Decision decision() {
    if (logged != null) {
      return logged.commit() ? Decision.COMMIT : Decision.ROLLBACK;
    }
    return isOrphan() ? Decision.ROLLBACK : Decision.UNKNOWN;
  }

  private InDoubtTransaction.State state() {
    if (owner == XidOwnership.Owner.FOREIGN) {
      return InDoubtTransaction.State.FOREIGN;
    }
    if (live) {
      return InDoubtTransaction.State.ACTIVE;
    }
    if (owner == XidOwnership.Owner.QUARANTINED) {
      return InDoubtTransaction.State.QUARANTINED;
    }
    if (branches.values().stream().anyMatch(known -> known.obstacle.equals(MISSING))) {
      return InDoubtTransaction.State.NOT_CONFIGURED;
    }
    return branches.values().stream().anyMatch(known -> known.obstacle.equals(STRANGER))
        ? InDoubtTransaction.State.QUARANTINED
        : InDoubtTransaction.State.PENDING;
  }

  static final String MISSING = "missing";
  static final String STRANGER = "stranger";

  private @Nullable Instant since() {
    if (logged != null) {
      return logged.since();
    }
    return branches.values().stream()
        .map(Known::since)
        .filter(java.util.Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private Set<Action> actions(Decision decision, InDoubtTransaction.State state) {
    Set<Action> allowed = EnumSet.noneOf(Action.class);
    if (state == InDoubtTransaction.State.ACTIVE || state == InDoubtTransaction.State.FOREIGN) {
      return allowed;
    }
    boolean open = has(InDoubtBranch.State.PREPARED) || has(InDoubtBranch.State.UNREACHABLE);
    if (open && decision != Decision.ROLLBACK && !has(InDoubtBranch.State.HEURISTIC_ROLLBACK)) {
      allowed.add(Action.COMMIT);
    }
    if (open && decision != Decision.COMMIT && !has(InDoubtBranch.State.HEURISTIC_COMMIT)) {
      allowed.add(Action.ROLLBACK);
    }
    if (branches.values().stream().anyMatch(known -> known.state.isHeuristic())
        || branches.isEmpty()) {
      allowed.add(Action.FORGET);
    }
    return allowed;
  }

  private boolean has(InDoubtBranch.State wanted) {
    return branches.values().stream().anyMatch(known -> known.state == wanted);
  }

  private InDoubtBranch branch(
      String bqual, Known known, InDoubtTransaction.State state, XidText text) {
    return new InDoubtBranch(
        known.resource, bqual, known.state, known.nativeForm, waitsFor(known, state, text));
  }

  private String waitsFor(Known known, InDoubtTransaction.State state, XidText text) {
    return switch (known.state) {
      case FINISHED -> "";
      case HEURISTIC_COMMIT, HEURISTIC_ROLLBACK, HEURISTIC_MIXED, HEURISTIC_HAZARD ->
          "an operator, who compares it with the other branches and then has it forgotten";
      case UNREACHABLE -> "'" + known.resource + "', which cannot be reached";
      case UNKNOWN -> unknown(known);
      case PREPARED -> known.obstacle.isEmpty() ? prepared(state, text) : unknown(known);
    };
  }

  private String prepared(InDoubtTransaction.State state, XidText text) {
    return switch (state) {
      case ACTIVE -> "its transaction, which is running";
      case FOREIGN -> "its own transaction manager: " + text.manager(formatId, gtrid);
      case QUARANTINED ->
          quarantine.isEmpty() ? "the next recovery pass" : "an operator: " + quarantine;
      case PENDING, NOT_CONFIGURED -> "the next recovery pass";
    };
  }

  private static String unknown(Known known) {
    return switch (known.obstacle) {
      case MISSING -> "resource '" + known.resource + "', which is not configured";
      case STRANGER ->
          "an operator: '" + known.resource + "' is another resource manager than before";
      default -> "'" + known.resource + "' to confirm that it is finished";
    };
  }

  List<String> resources() {
    return branches.values().stream().map(Known::resource).distinct().toList();
  }
}
