package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.branch.Recoverability;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.XidOwnership;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.spi.CommitRank;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.ResourceManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The resource managers as recovery sees them, by name, in the order of their definition. What is
 * asked of all of them is asked at once, each on its own worker, so that those that hang cost the
 * others one deadline together.
 */
public final class ResourceManagers {

  private final Decisions decisions;
  private final XidOwnership ownership;
  private final String probeOwner;
  private final Duration deadline;
  private final RecoveryListener listener;
  private final Platform platform;
  private final Map<String, RmFacade> facades = new LinkedHashMap<>();

  /**
   * @param probeOwner the name that probe branches carry
   * @param deadline of one call
   * @param listener is told what becomes of branches
   */
  public ResourceManagers(
      Decisions decisions,
      XidOwnership ownership,
      String probeOwner,
      Duration deadline,
      RecoveryListener listener,
      Platform platform) {
    this.decisions = decisions;
    this.ownership = ownership;
    this.probeOwner = probeOwner;
    this.deadline = deadline;
    this.listener = listener;
    this.platform = platform;
  }

  /** The probes of one resource manager that is to be added. */
  public Probes probes() {
    return new ProbeXids(probeOwner, platform);
  }

  /**
   * Adds a resource manager before the first pass.
   *
   * @param probes by which it is tried out
   * @return what those who enlist it ask of its recovery
   */
  public Recoverability add(String name, ResourceManager<?> manager, Probes probes) {
    RmFacade facade =
        new RmFacade(name, manager, deadline, ownership, probes, decisions, listener, platform);
    facades.put(name, facade);
    return facade.link();
  }

  /** All of them. */
  public Collection<RmFacade> all() {
    return Collections.unmodifiableCollection(facades.values());
  }

  /** The names of all of them. */
  public Set<String> names() {
    return Collections.unmodifiableSet(facades.keySet());
  }

  /** The one of a name, or null. */
  public @Nullable RmFacade find(String name) {
    return facades.get(name);
  }

  /**
   * The one of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public RmFacade of(String name) {
    RmFacade facade = facades.get(name);
    if (facade == null) {
      throw new IllegalArgumentException("No resource is named '" + name + "'");
    }
    return facade;
  }

  /**
   * The rank of a resource in the order of commits. One that is not configured has the lowest,
   * since nobody knows: the others wait for it.
   */
  public CommitRank commitRank(String resource) {
    RmFacade facade = facades.get(resource);
    return facade == null ? CommitRank.DATABASE : facade.commitRank();
  }

  /**
   * For whom a branch on a resource waits with its commit: the resources of lower rank whose
   * branches of the same decision have not answered, reachable or not. How a resource manager ended
   * a branch on its own is an answer, and a rollback has no order.
   */
  public List<String> waitsFor(String resource, DecisionRecord decision) {
    if (!decision.commit()) {
      return List.of();
    }
    CommitRank rank = commitRank(resource);
    return decision.branches().stream()
        .filter(branch -> !branch.isHeuristic())
        .map(LoggedBranch::resource)
        .filter(other -> commitRank(other).compareTo(rank) < 0)
        .distinct()
        .toList();
  }

  /**
   * Begins to check all of them under one deadline. The checks are to be awaited in turn, on this
   * thread, until one is refused and this is closed.
   */
  public Map<String, Admission> beginAdmissions() {
    long end = platform.momentIn(RmChecks.limit(deadline));
    Map<String, Admission> begun = new LinkedHashMap<>();
    facades.forEach((name, facade) -> begun.put(name, facade.link().beginAdmission(end)));
    return begun;
  }

  /** Lists the in-doubt branches of all of them; one that does not answer counts as lost. */
  public void scan() {
    facades.values().forEach(RmFacade::beginScan);
    long end = end();
    ofEach(facade -> facade.endScan(end));
  }

  /**
   * As {@link #scan}, and returns what each of them told. One that may not be used, or did not
   * answer, is asked once more without a check: its branches are seen, and stay out of reach.
   */
  public Map<String, RmListing> inspect() {
    facades.values().forEach(RmFacade::beginInspection);
    long end = end();
    Map<String, RmListing> listings = new LinkedHashMap<>();
    ofEach(facade -> listings.put(facade.name(), facade.endInspection(end)));
    listings.putAll(look(facades.values().stream().filter(rm -> !rm.isReachable()).toList()));
    return listings;
  }

  /** Every one of them, whatever fails with another. */
  private void ofEach(Consumer<RmFacade> step) {
    RuntimeException failure = null;
    for (RmFacade facade : facades.values()) {
      try {
        step.accept(facade);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Asks some of them what is in doubt there; changes nothing. */
  public Map<String, RmListing> look(Collection<RmFacade> wanted) {
    Map<RmFacade, RmLink.Listing<RmLink.Look>> asked = new LinkedHashMap<>();
    wanted.forEach(rm -> asked.put(rm, rm.link().beginLook()));
    long end = end();
    Map<String, RmListing> listings = new LinkedHashMap<>();
    asked.forEach((rm, listing) -> listings.put(rm.name(), rm.looked(listing, end)));
    return listings;
  }

  private long end() {
    return platform.momentIn(deadline);
  }

  /**
   * The forced round trip between two NOTA, on each that needs it.
   *
   * @return whether another pass may now believe what the last one heard
   */
  public boolean probe() {
    boolean forced = false;
    for (RmFacade facade : facades.values()) {
      forced |= facade.probe();
    }
    return forced;
  }

  /** The names of those that did not answer their last call. */
  public List<String> unreachable() {
    return facades.values().stream()
        .filter(facade -> !facade.isReachable())
        .map(RmFacade::name)
        .toList();
  }

  /** Those that did not answer last, and those that were once used and are not configured. */
  public List<String> unasked() {
    List<String> all = new ArrayList<>(unreachable());
    decisions.identities().names().stream()
        .filter(name -> !facades.containsKey(name))
        .forEach(all::add);
    return all;
  }

  /** Whether every resource manager has told its branches, and none names one of a transaction. */
  public boolean hasLeftAll(Gtrid gtrid) {
    return unasked().isEmpty()
        && facades.values().stream()
            .flatMap(facade -> facade.listed().stream())
            .noneMatch(branch -> branch.transaction().equals(gtrid));
  }

  /** Each as recovery knows it. */
  public List<ResourceStatus> statuses() {
    return facades.values().stream().map(RmFacade::status).toList();
  }

  /** What waits for an operator there and is not in the log, each in words. */
  public List<String> attention() {
    List<String> concerns = new ArrayList<>();
    facades.values().forEach(facade -> facade.addAttention(concerns));
    return concerns;
  }

  /** Ends the workers; one that hangs is waited for until one deadline after the stop. */
  public void close() {
    facades.values().forEach(facade -> facade.link().stop());
    facades.values().forEach(RmFacade::close);
  }
}
