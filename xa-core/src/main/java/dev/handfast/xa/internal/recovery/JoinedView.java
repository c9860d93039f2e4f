package dev.handfast.xa.internal.recovery;

import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The in-doubt transactions as the resource managers, the log and the running process tell of them
 * together. The resource managers are listed first, then it is asked what is live, then what is
 * logged, so that a decision that is taken in between is seen; what looks like an orphan is listed
 * once more, because it may have been finished in between. Looking changes nothing. Safe for use by
 * many threads.
 */
public final class JoinedView {

  private static final Logger LOG = Logger.getLogger(JoinedView.class);

  private static final Comparator<InDoubtTransaction> OLDEST_FIRST =
      Comparator.comparing(
              InDoubtTransaction::since, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
          .thenComparing(InDoubtTransaction::gtrid);

  private final String node;
  private final XidOwnership ownership;
  private final Evidence evidence;
  private final Collection<RmFacade> resources;
  private final Duration deadline;
  private final XidText text;

  JoinedView(
      String node,
      XidOwnership ownership,
      Evidence evidence,
      Collection<RmFacade> resources,
      Duration deadline) {
    this.node = node;
    this.ownership = ownership;
    this.evidence = evidence;
    this.resources = resources;
    this.deadline = deadline;
    this.text = new XidText(evidence.formatId());
  }

  /** What is in doubt now and matches; a resource manager that does not answer is named. */
  public InDoubt look(Filter filter) {
    Instant now = Instant.now();
    Map<String, Sight> sights = list(resources);
    Map<XidKey, Draft> drafts = new HashMap<>();
    for (Sight sight : sights.values()) {
      addListed(sight, drafts, filter.includesForeign());
    }
    drafts.values().stream().filter(Draft::isOurs).forEach(d -> d.live(evidence.isLive(d.gtrid())));
    addLogged(sights, drafts);
    addVoted(sights, drafts);
    addUnreadable(drafts);
    dropFinished(drafts);
    List<InDoubtTransaction> found =
        drafts.values().stream()
            .map(draft -> draft.finish(text))
            .filter(transaction -> filter.matches(transaction, now))
            .sorted(OLDEST_FIRST)
            .limit(filter.limit())
            .toList();
    return new InDoubt(node, found, unreachable(sights));
  }

  private static List<String> unreachable(Map<String, Sight> sights) {
    return sights.values().stream()
        .filter(sight -> sight.branches == null)
        .map(sight -> sight.rm.name())
        .toList();
  }

  /**
   * One resource manager's answer.
   *
   * @param rm that was asked
   * @param branches it listed, of whomever; null if no list came
   * @param details what it told of them
   */
  private record Sight(
      RmFacade rm, @Nullable Map<XidKey, Xid> branches, Map<XidKey, BranchDetail> details) {

    boolean isUnreachable() {
      return branches == null;
    }

    /** By the RM's clock, or else when this process first saw it: the earlier one. */
    @Nullable Instant since(XidKey branch) {
      Instant seen = rm.firstSeen().of(branch);
      BranchDetail told = details.get(branch);
      Instant prepared = told == null ? null : told.since();
      return prepared != null && (seen == null || prepared.isBefore(seen)) ? prepared : seen;
    }
  }

  /** All at once, under one deadline. */
  private Map<String, Sight> list(Collection<RmFacade> wanted) {
    Map<RmFacade, RmLink.Listing<RmLink.Look>> asked = new LinkedHashMap<>();
    wanted.forEach(rm -> asked.put(rm, rm.link().beginLook()));
    long end = System.nanoTime() + deadline.toNanos();
    Map<String, Sight> sights = new LinkedHashMap<>();
    asked.forEach((rm, listing) -> sights.put(rm.name(), sight(rm, listing, end)));
    return sights;
  }

  private static Sight sight(RmFacade rm, RmLink.Listing<RmLink.Look> listing, long end) {
    try {
      Map<XidKey, Xid> branches = new LinkedHashMap<>();
      RmLink.Look look = listing.await(Duration.ofNanos(end - System.nanoTime()));
      for (Xid xid : look.branches()) {
        branches.put(XidKey.of(xid), xid);
      }
      rm.firstSeen().listed(branches.keySet(), Instant.now());
      return new Sight(rm, branches, look.details());
    } catch (XAException e) {
      LOG.debugf(e, "'%s' could not be asked what is in doubt", rm.name());
      return new Sight(rm, null, Map.of());
    }
  }

  private static XidKey transaction(int formatId, String gtrid) {
    return new XidKey(formatId, gtrid, "");
  }

  private static Draft draft(Map<XidKey, Draft> drafts, int formatId, String gtrid) {
    return drafts.computeIfAbsent(transaction(formatId, gtrid), key -> new Draft(formatId, gtrid));
  }

  private void addListed(Sight sight, Map<XidKey, Draft> drafts, boolean foreign) {
    if (sight.branches == null) {
      return;
    }
    sight.branches.forEach(
        (key, xid) -> {
          XidOwnership.Owner owner = ownership.of(xid);
          if (owner == XidOwnership.Owner.FOREIGN && !foreign) {
            return;
          }
          Draft draft = draft(drafts, key.formatId(), key.gtrid());
          draft.owner(owner, owner == XidOwnership.Owner.QUARANTINED ? doubt(xid) : "");
          draft.listed(
              sight.rm.name(),
              key.bqual(),
              sight.rm.heuristic(key),
              sight.rm.link().manager().nativeForm(xid),
              sight.since(key),
              sight.rm.link().admission().isStranger() ? Draft.STRANGER : "");
        });
  }

  private String doubt(Xid xid) {
    if (!ownership.isOfThisStore(xid)) {
      return "it carries this node's name and another log store's id, so the log was lost, or"
          + " another process uses the name";
    }
    String distrust = evidence.distrust();
    return distrust == null ? "the log store has not recorded the start that made it" : distrust;
  }

  private void addLogged(Map<String, Sight> sights, Map<XidKey, Draft> drafts) {
    for (Evidence.Logged logged : evidence.logged()) {
      boolean listed = drafts.containsKey(transaction(evidence.formatId(), logged.gtrid()));
      boolean live = evidence.isLive(logged.gtrid());
      if (!listed && !live && evidence.logged(logged.gtrid()) == null) {
        continue;
      }
      Draft draft = draft(drafts, evidence.formatId(), logged.gtrid());
      draft.owner(XidOwnership.Owner.OURS, "");
      draft.live(live);
      draft.logged(logged);
      for (Evidence.Branch branch : logged.open()) {
        addNamed(draft, branch, sights.get(branch.resource()));
      }
      for (Evidence.Branch branch : logged.finished()) {
        draft.named(branch.resource(), branch.bqual(), InDoubtBranch.State.FINISHED, "", "");
      }
    }
  }

  private static void addNamed(Draft draft, Evidence.Branch branch, @Nullable Sight sight) {
    String nativeForm =
        sight == null
            ? ""
            : sight.rm.link().manager().nativeForm(XidText.xid(draft.branch(branch.bqual())));
    String obstacle = "";
    InDoubtBranch.State state = InDoubtBranch.State.UNKNOWN;
    if (branch.heuristic() != null) {
      state = InDoubtBranch.State.of(branch.heuristic());
    } else if (sight == null) {
      obstacle = Draft.MISSING;
    } else if (sight.rm.link().admission().isStranger()) {
      obstacle = Draft.STRANGER;
    } else if (sight.isUnreachable()) {
      state = InDoubtBranch.State.UNREACHABLE;
    }
    draft.named(branch.resource(), branch.bqual(), state, nativeForm, obstacle);
  }

  /** What this process prepared on a resource manager that cannot be asked. */
  private void addVoted(Map<String, Sight> sights, Map<XidKey, Draft> drafts) {
    for (Evidence.Voted voted : evidence.voted()) {
      Sight sight = sights.get(voted.resource());
      XidKey xid = voted.xid();
      if (sight != null && sight.isUnreachable()) {
        Draft draft = draft(drafts, xid.formatId(), xid.gtrid());
        draft.live(evidence.isLive(xid.gtrid()));
        String nativeForm = sight.rm.link().manager().nativeForm(XidText.xid(xid));
        draft.named(voted.resource(), xid.bqual(), InDoubtBranch.State.UNREACHABLE, nativeForm, "");
      }
    }
  }

  private void addUnreadable(Map<XidKey, Draft> drafts) {
    for (Evidence.Unreadable record : evidence.unreadable()) {
      if (!record.gtrid().isEmpty()) {
        draft(drafts, evidence.formatId(), record.gtrid())
            .quarantine(
                "its record " + record.place() + " cannot be read (" + record.reason() + ")");
      }
    }
  }

  /** What was finished after its resource manager was listed looks like an orphan. */
  private void dropFinished(Map<XidKey, Draft> drafts) {
    List<Draft> orphans = drafts.values().stream().filter(Draft::isOrphan).toList();
    Set<String> names = new HashSet<>();
    orphans.forEach(orphan -> names.addAll(orphan.resources()));
    Map<String, Sight> again =
        list(resources.stream().filter(rm -> names.contains(rm.name())).toList());
    Set<XidKey> listed = new HashSet<>();
    Set<String> silent = new HashSet<>();
    again.forEach(
        (name, sight) -> {
          if (sight.branches == null) {
            silent.add(name);
          } else {
            listed.addAll(sight.branches.keySet());
          }
        });
    for (Draft orphan : orphans) {
      if (orphan.resources().stream().noneMatch(silent::contains)) {
        orphan.gone(listed::contains);
      }
    }
    drafts.values().removeIf(draft -> draft.isOrphan() && draft.isEmpty());
  }
}
