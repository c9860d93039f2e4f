package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.branch.Recoverability.ListAnswer;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.XidOwnership;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.XaCall;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * What stands between recovery and one resource manager. A pass first calls {@link #scan}, then
 * commits and rolls back, and then has what was answered NOTA confirmed. A decided branch ends only
 * by the resource manager's own answer: OK, or NOTA in two passes with a forced round trip between
 * them, each time with a complete list afterwards that does not name the branch.
 */
public final class RmFacade implements AutoCloseable {

  private static final MessageLog LOG = MessageLog.of(RmFacade.class);

  private final String name;
  private final RmLink link;
  private final RmProbes probes;
  private final FirstSeen firstSeen = new FirstSeen();
  private final Duration deadline;
  private final XidOwnership ownership;
  private final Decisions decisions;
  private final RecoveryListener listener;
  private final Platform platform;

  private final NotaConfirmation nota = new NotaConfirmation();
  private final BranchFinisher finisher;
  private final QuarantineNotice quarantined;
  private volatile ListedBranches listed = ListedBranches.NONE;
  private volatile Instant lastScan = Instant.MIN;
  private RmLink.@Nullable Listing<RmLink.Look> scanning;
  private boolean doubted;

  RmFacade(
      String name,
      ResourceManager<?> manager,
      Duration deadline,
      XidOwnership ownership,
      Probes probes,
      Decisions decisions,
      RecoveryListener listener,
      Platform platform) {
    this.name = name;
    this.quarantined = new QuarantineNotice(name, platform);
    this.deadline = deadline;
    this.ownership = ownership;
    this.decisions = decisions;
    this.listener = listener;
    this.platform = platform;
    this.link =
        new RmLink(name, manager, deadline, new RmAdmission(name, manager, decisions), platform);
    this.finisher = new BranchFinisher(link, nota, listener);
    this.probes = new RmProbes(link, probes);
  }

  public String name() {
    return name;
  }

  /** Its rank in the order of commits. */
  public CommitRank commitRank() {
    return link.commitRank();
  }

  /** Passes begin: what they end is counted from here on. */
  public void begin() {
    finisher.begin();
  }

  /** Passes have done what they can, and so many branches are left. */
  public void settled(int left) {
    link.outage().settled(finisher.resolved(), left);
  }

  /** Whether it answers again, while it counts as lost. */
  public boolean isBack() {
    try {
      link.beginScan().await(deadline);
      return true;
    } catch (XAException e) {
      link.lost();
      return false;
    }
  }

  RmLink link() {
    return link;
  }

  /** This node's branches that the last scan listed. */
  public Set<XidKey> listed() {
    return listed.keys();
  }

  /** When each branch was first on the list. */
  FirstSeen firstSeen() {
    return firstSeen;
  }

  /** How a listed branch was ended by its resource manager alone, if recovery was told so. */
  public @Nullable Heuristic heuristic(XidKey branch) {
    return finisher.heuristic(branch);
  }

  /** Whether a listed branch is held by a live session of the resource manager, as far as known. */
  public boolean isHeld(XidKey branch) {
    return finisher.held().contains(branch);
  }

  /** Lists the resource manager's in-doubt branches; false if it cannot be reached. */
  public boolean scan() {
    beginScan();
    return endScan(platform.momentIn(deadline));
  }

  /** Asks for the list; {@link #endScan} takes it, on the same thread. */
  void beginScan() {
    scanning = link.beginScan();
  }

  /** As {@link #beginScan}, with details; {@link #endInspection} takes them. */
  void beginInspection() {
    scanning = link.beginInspection();
  }

  /**
   * Takes the list that {@link #beginScan} asked for.
   *
   * @param end of the wait, in the time of {@link System#nanoTime}
   * @return false if it did not come
   */
  boolean endScan(long end) {
    return !endInspection(end).isUnreachable();
  }

  /** As {@link #endScan}, and returns what was told. */
  RmListing endInspection(long end) {
    doubted = false;
    try {
      RmLink.Look look = Objects.requireNonNull(scanning).await(platform.until(end));
      take(look.branches());
      return RmListing.of(this, look.branches(), look.details());
    } catch (XAException e) {
      lost(e);
      return RmListing.unreachable(this);
    } finally {
      scanning = null;
    }
  }

  /** Takes a list that changes nothing here but what was first seen when. */
  RmListing looked(RmLink.Listing<RmLink.Look> listing, long end) {
    try {
      RmLink.Look look = listing.await(platform.until(end));
      RmListing listed = RmListing.of(this, look.branches(), look.details());
      firstSeen.listed(listed.keys(), platform.now());
      return listed;
    } catch (XAException e) {
      LOG.debugf(e, "'%s' could not be asked what is in doubt", name);
      return RmListing.unreachable(this);
    }
  }

  private void take(List<Xid> all) {
    Map<XidKey, Xid> ours = new LinkedHashMap<>();
    Set<XidKey> every = new HashSet<>();
    Map<XidKey, String> strange = new LinkedHashMap<>();
    for (Xid xid : all) {
      XidKey key = XidKey.of(xid);
      every.add(key);
      switch (owner(xid, key)) {
        case OURS -> ours.put(key, xid);
        case QUARANTINED -> strange.put(key, link.manager().nativeForm(xid));
        case FOREIGN -> {}
      }
    }
    listed = ListedBranches.of(ours, decisions.running());
    firstSeen.listed(every, platform.now());
    lastScan = platform.now();
    link.outage().over();
    probes.cleanUp(all);
    quarantined.found(strange);
    finisher.retain(every);
    listener.listed(name, Set.copyOf(ours.keySet()));
  }

  private void lost(XAException error) {
    link.lost();
    listed = ListedBranches.NONE;
    nota.clear();
    link.outage().began(error);
  }

  /** What an operator has decided is carried out, whatever the log was doubted for. */
  private XidOwnership.Owner owner(Xid xid, XidKey key) {
    return decisions.isOrdered(key.transaction()) ? XidOwnership.Owner.OURS : ownership.of(xid);
  }

  /** Whether another resource manager is there than the one whose branches are waited for. */
  public boolean isStranger() {
    return link.admission().isStranger();
  }

  /**
   * An operator vouches for the resource manager that is there now.
   *
   * @return who it is, for a reader
   * @throws ResourceUnavailableException if it does not answer
   */
  public String acceptIdentity() throws ResourceUnavailableException {
    return link.acceptIdentity();
  }

  /** Gives an order on the worker, under the deadline, and waits for its end. */
  public void order(XaCall.Order order) throws XAException {
    link.order(order);
  }

  /** The Xid in the form of the resource manager's own tools. */
  String nativeForm(Xid xid) {
    return link.manager().nativeForm(xid);
  }

  /** Whether the last call was answered. */
  public boolean isReachable() {
    return link.isReachable();
  }

  /**
   * The forced round trip between two NOTA: a branch is prepared and rolled back, by the resource
   * manager that was checked and no stranger.
   *
   * @return whether another pass may now believe what the last one heard
   */
  boolean probe() {
    return nota.isNeeded()
        && isReachable()
        && nota.force(() -> probes.roundTrip() && link.isSame());
  }

  /** Commits a branch that the log holds the decision of; the listener is told how it ended. */
  public void commit(XidKey key) {
    if (!isReachable() || heuristic(key) != null) {
      return;
    }
    try {
      finisher.commit(key);
    } catch (XAException e) {
      failed("commit", key, e);
    }
  }

  /** Rolls back a branch that was never decided; the listener is told how it ended. */
  public void rollback(XidKey key) {
    if (!isReachable() || heuristic(key) != null) {
      return;
    }
    Xid xid = listed.xid(key);
    try {
      finisher.rollback(key, xid);
    } catch (XAException e) {
      failed("roll back", key, e);
    }
  }

  /**
   * Has a list tell what became of the branches that were answered NOTA, by the very resource
   * manager that was checked; to be called after commits and rollbacks. One that it names is held.
   */
  public void confirm() {
    if (!nota.awaitsList()) {
      return;
    }
    try {
      List<Xid> all = link.ask(RmLink::list);
      if (link.isSame()) {
        finisher.confirm(all).forEach(listed::remove);
      } else {
        nota.clear();
      }
    } catch (XAException e) {
      lost(e);
    }
  }

  /** NOTA was the answer to an operator's order: what a complete list says that is taken now. */
  public ListAnswer afterNota(XidKey key) {
    ListAnswer answer = link.lists(key.xid());
    if (answer == ListAnswer.LISTED) {
      finisher.held().found(Set.of(key));
    }
    return answer;
  }

  /** An outage is said once of all branches. */
  private void failed(String what, XidKey key, XAException error) {
    doubt();
    if (isReachable()) {
      finisher.failed(what, key, error);
    }
  }

  /** Asks, once a pass, whether it is there at all: the other branches need not find out. */
  private void doubt() {
    if (!doubted) {
      doubted = true;
      try {
        link.ask(RmLink::list);
      } catch (XAException e) {
        lost(e);
      }
    }
  }

  /** An operator's order ended a branch. */
  public void ended(XidKey key, BranchState state) {
    listed.remove(key);
    finisher.end(key, state);
  }

  /** The resource manager does not know a heuristic branch any more. */
  public void forgotten(XidKey key) {
    listed.remove(key);
    finisher.forgotten(key);
  }

  /** Keeps a branch that its resource manager ended alone, until an operator decides. */
  public void keepHeuristic(XidKey key, XAException error) {
    finisher.keepHeuristic(key, error);
  }

  /** Lets the resource manager forget an outcome that was the decided one. */
  public void forgetDecided(Xid xid) {
    finisher.forgetDecided(xid);
  }

  /** What the last scan listed and what the log names, heuristic branches included. */
  public Set<XidKey> open() {
    Set<XidKey> all = new LinkedHashSet<>(listed.keys());
    all.addAll(decisions.decidedOn(name));
    return all;
  }

  ResourceStatus status() {
    return new ResourceStatus(
        name,
        link.manager().description().kind(),
        isReachable(),
        lastScan.equals(Instant.MIN) ? null : lastScan,
        listed.waiting(),
        quarantined.count());
  }

  /** What waits for an operator here and is not in the log. */
  void addAttention(List<String> concerns) {
    link.manager().trouble().ifPresent(concerns::add);
    if (link.admission().isStranger()) {
      concerns.add("'" + name + "' is another resource manager than before");
    }
    if (quarantined.count() > 0) {
      concerns.add("'" + name + "' lists " + quarantined.count() + " quarantined branches");
    }
    finisher.addAttention(concerns);
  }

  @Override
  public String toString() {
    return "'" + name + "'";
  }

  @Override
  public void close() {
    link.close();
  }
}
