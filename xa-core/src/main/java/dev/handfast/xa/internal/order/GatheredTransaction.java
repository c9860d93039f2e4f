package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.decision.XidOwnership;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.order.GatheredBranch.Obstacle;
import dev.handfast.xa.internal.rm.RmListing;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.InDoubtTransaction.SinceSource;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.XidKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What has been gathered of one global transaction, and what follows from it. */
final class GatheredTransaction {

  private final int formatId;
  private final Gtrid gtrid;
  private final Map<String, GatheredBranch> branches = new HashMap<>();
  private XidOwnership.Owner owner = XidOwnership.Owner.OURS;
  private boolean live;
  private @Nullable DecisionRecord logged;
  private Function<String, List<String>> before = resource -> List.of();
  private String quarantine = "";

  GatheredTransaction(int formatId, Gtrid gtrid) {
    this.formatId = formatId;
    this.gtrid = gtrid;
  }

  Gtrid gtrid() {
    return gtrid;
  }

  private XidKey key(String bqual) {
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

  /**
   * @param waitsFor the resources that a branch on the given one waits for with its commit
   */
  void logged(DecisionRecord found, Function<String, List<String>> waitsFor) {
    logged = found;
    before = waitsFor;
  }

  boolean isOrphan() {
    return owner == XidOwnership.Owner.OURS && !live && logged == null;
  }

  boolean isOurs() {
    return owner == XidOwnership.Owner.OURS;
  }

  /** A resource manager lists a branch. */
  void listed(RmListing listing, XidKey key) {
    branches.putIfAbsent(key.bqual(), GatheredBranch.listed(listing, key));
  }

  /** The list that named a branch does not name it any more. */
  void gone(Predicate<XidKey> stillThere) {
    branches.keySet().removeIf(bqual -> !stillThere.test(key(bqual)));
  }

  boolean isEmpty() {
    return branches.isEmpty();
  }

  /** The log names a branch that the decision has not reached; null if its resource is missing. */
  void open(LoggedBranch branch, @Nullable RmListing listing) {
    named(branch.bqual(), GatheredBranch.logged(branch, key(branch.bqual()), listing));
  }

  /** The log names a branch that the decision has reached. */
  void finished(LoggedBranch branch) {
    named(branch.bqual(), GatheredBranch.finished(branch));
  }

  /** This process prepared a branch on a resource manager that cannot be asked. */
  void unreachable(RmListing listing, XidKey key) {
    named(key.bqual(), GatheredBranch.unreachable(listing, key));
  }

  private void named(String bqual, GatheredBranch named) {
    branches.merge(bqual, named, GatheredBranch::and);
  }

  InDoubtTransaction finish(XidDescription text) {
    Decision decision = decision();
    InDoubtTransaction.State state = state();
    Instant since = since();
    return new InDoubtTransaction(
        gtrid.hex(),
        text.uid(formatId, gtrid.hex()),
        formatId,
        text.node(formatId, gtrid.hex()),
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
    if (branches.values().stream().anyMatch(known -> known.obstacle() == Obstacle.MISSING)) {
      return InDoubtTransaction.State.NOT_CONFIGURED;
    }
    return branches.values().stream().anyMatch(known -> known.obstacle() == Obstacle.STRANGER)
        ? InDoubtTransaction.State.QUARANTINED
        : InDoubtTransaction.State.PENDING;
  }

  private @Nullable Instant since() {
    if (logged != null) {
      return logged.time();
    }
    return branches.values().stream()
        .map(GatheredBranch::since)
        .filter(Objects::nonNull)
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
    if (branches.values().stream().anyMatch(known -> known.state().isHeuristic())
        || branches.isEmpty()) {
      allowed.add(Action.FORGET);
    }
    return allowed;
  }

  private boolean has(InDoubtBranch.State wanted) {
    return branches.values().stream().anyMatch(known -> known.state() == wanted);
  }

  private InDoubtBranch branch(
      String bqual, GatheredBranch known, InDoubtTransaction.State state, XidDescription text) {
    return new InDoubtBranch(
        known.resource(),
        bqual,
        known.state(),
        known.nativeForm(),
        known.waitsFor(whilePrepared(known.resource(), state, text)));
  }

  private String whilePrepared(
      String resource, InDoubtTransaction.State state, XidDescription text) {
    return switch (state) {
      case ACTIVE -> "its transaction, which is running";
      case FOREIGN -> "its own transaction manager: " + text.manager(formatId, gtrid.hex());
      case QUARANTINED ->
          quarantine.isEmpty() ? whileReplayed(resource) : "an operator: " + quarantine;
      case PENDING, NOT_CONFIGURED -> whileReplayed(resource);
    };
  }

  private String whileReplayed(String resource) {
    List<String> open = before.apply(resource);
    return open.isEmpty() ? "the next recovery pass" : CommitSequence.notCommitted(open);
  }

  List<String> resources() {
    return branches.values().stream().map(GatheredBranch::resource).distinct().toList();
  }
}
