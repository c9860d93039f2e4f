package dev.handfast.xa.internal.order;

import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.XidOwnership;
import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.rm.ResourceManagers;
import dev.handfast.xa.internal.rm.RmListing;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.XidKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.transaction.xa.Xid;

/**
 * The in-doubt transactions as the resource managers, the log and the running process tell of them
 * together. The resource managers are listed first, then it is asked what is live, then what is
 * logged, so that a decision that is taken in between is seen; what looks like an orphan is listed
 * once more, because it may have been finished in between. Looking changes nothing. Safe for use by
 * many threads.
 */
final class InDoubtView {

  private static final Comparator<InDoubtTransaction> OLDEST_FIRST =
      Comparator.comparing(
              InDoubtTransaction::since, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
          .thenComparing(InDoubtTransaction::gtrid);

  private final String node;
  private final XidOwnership ownership;
  private final Decisions decisions;
  private final ResourceManagers resources;
  private final Platform platform;
  private final XidDescription text;
  private final CommitSequence sequence;

  InDoubtView(
      String node,
      XidOwnership ownership,
      Decisions decisions,
      ResourceManagers resources,
      Platform platform) {
    this.node = node;
    this.ownership = ownership;
    this.decisions = decisions;
    this.resources = resources;
    this.platform = platform;
    this.text = new XidDescription(decisions.formatId());
    this.sequence = new CommitSequence(resources);
  }

  /** What is in doubt now and matches; a resource manager that does not answer is named. */
  InDoubt look(Filter filter) {
    return join(filter, resources.look(resources.all()));
  }

  /** As {@link #look}, with what the resource managers have told just now. */
  InDoubt join(Filter filter, Map<String, RmListing> listings) {
    Instant now = platform.now();
    Map<XidKey, GatheredTransaction> gathered = new HashMap<>();
    for (RmListing listing : listings.values()) {
      addListed(listing, gathered, filter.includesForeign());
    }
    markLive(gathered.values());
    addLogged(listings, gathered);
    addVoted(listings, gathered);
    addUnreadable(gathered);
    dropFinished(gathered);
    List<String> unreachable = unreachable(listings);
    List<InDoubtTransaction> all =
        gathered.values().stream()
            .map(transaction -> sequence.withoutRefused(transaction.finish(text), unreachable))
            .toList();
    requireKnown(filter.resources(), all);
    List<InDoubtTransaction> found =
        all.stream()
            .filter(transaction -> filter.matches(transaction, now))
            .sorted(OLDEST_FIRST)
            .limit(filter.limit())
            .toList();
    return new InDoubt(node, found, unreachable);
  }

  /** A name that is not known is a mistake, and no reason to find nothing in doubt. */
  private void requireKnown(Set<String> asked, List<InDoubtTransaction> found) {
    Set<String> known = new TreeSet<>(resources.names());
    known.addAll(decisions.identities().names());
    found.forEach(
        transaction -> transaction.branches().forEach(branch -> known.add(branch.resource())));
    for (String name : asked) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "No resource is named '" + name + "'; there are " + String.join(", ", known));
      }
    }
  }

  private void markLive(Collection<GatheredTransaction> gathered) {
    List<GatheredTransaction> ours = gathered.stream().filter(GatheredTransaction::isOurs).toList();
    Set<Gtrid> live =
        decisions.running().among(ours.stream().map(GatheredTransaction::gtrid).toList());
    ours.forEach(transaction -> transaction.live(live.contains(transaction.gtrid())));
  }

  private static List<String> unreachable(Map<String, RmListing> listings) {
    return listings.values().stream()
        .filter(RmListing::isUnreachable)
        .map(listing -> listing.rm().name())
        .toList();
  }

  private static XidKey key(int formatId, Gtrid gtrid) {
    return new XidKey(formatId, gtrid, "");
  }

  private static GatheredTransaction transaction(
      Map<XidKey, GatheredTransaction> gathered, int formatId, Gtrid gtrid) {
    return gathered.computeIfAbsent(
        key(formatId, gtrid), key -> new GatheredTransaction(formatId, gtrid));
  }

  private void addListed(
      RmListing listing, Map<XidKey, GatheredTransaction> gathered, boolean foreign) {
    if (listing.branches() == null) {
      return;
    }
    listing
        .branches()
        .forEach(
            (key, xid) -> {
              XidOwnership.Owner owner = ownership.of(xid);
              if (owner != XidOwnership.Owner.FOREIGN || foreign) {
                GatheredTransaction transaction =
                    transaction(gathered, key.formatId(), key.transaction());
                transaction.owner(owner, owner == XidOwnership.Owner.QUARANTINED ? doubt(xid) : "");
                transaction.listed(listing, key);
              }
            });
  }

  private String doubt(Xid xid) {
    if (!ownership.isOfThisStore(xid)) {
      return "it carries this node's name and another log store's id, so the log was lost, or"
          + " another process uses the name";
    }
    String distrust = decisions.quarantine().distrust();
    return distrust == null ? "the log store has not recorded the start that made it" : distrust;
  }

  private void addLogged(
      Map<String, RmListing> listings, Map<XidKey, GatheredTransaction> gathered) {
    Collection<DecisionRecord> logged = decisions.all();
    Set<Gtrid> live =
        decisions.running().among(logged.stream().map(DecisionRecord::gtrid).toList());
    for (DecisionRecord record : logged) {
      boolean listed = gathered.containsKey(key(decisions.formatId(), record.gtrid()));
      boolean running = live.contains(record.gtrid());
      if (listed || running || decisions.of(record.gtrid()) != null) {
        GatheredTransaction transaction =
            transaction(gathered, decisions.formatId(), record.gtrid());
        transaction.owner(XidOwnership.Owner.OURS, "");
        transaction.live(running);
        transaction.logged(record, resource -> resources.waitsFor(resource, record));
        record
            .branches()
            .forEach(branch -> transaction.open(branch, listings.get(branch.resource())));
        record.finished().forEach(transaction::finished);
      }
    }
  }

  /** What this process prepared on a resource manager that cannot be asked. */
  private void addVoted(
      Map<String, RmListing> listings, Map<XidKey, GatheredTransaction> gathered) {
    for (TrackedBranch voted : decisions.voted()) {
      RmListing listing = listings.get(voted.resource());
      if (listing != null && listing.isUnreachable()) {
        XidKey xid = voted.key();
        GatheredTransaction transaction = transaction(gathered, xid.formatId(), xid.transaction());
        transaction.live(decisions.running().contains(xid.transaction()));
        transaction.unreachable(listing, xid);
      }
    }
  }

  private void addUnreadable(Map<XidKey, GatheredTransaction> gathered) {
    for (DamagedRecord record : decisions.quarantine().records()) {
      if (!record.gtrid().isEmpty()) {
        transaction(gathered, decisions.formatId(), record.gtrid())
            .quarantine(
                "its record " + record.place() + " cannot be read (" + record.reason() + ")");
      }
    }
  }

  /** What was finished after its resource manager was listed looks like an orphan. */
  private void dropFinished(Map<XidKey, GatheredTransaction> gathered) {
    List<GatheredTransaction> orphans =
        gathered.values().stream().filter(GatheredTransaction::isOrphan).toList();
    Set<String> names = new HashSet<>();
    orphans.forEach(orphan -> names.addAll(orphan.resources()));
    Map<String, RmListing> again =
        resources.look(resources.all().stream().filter(rm -> names.contains(rm.name())).toList());
    Set<XidKey> listed = new HashSet<>();
    again.values().forEach(listing -> listed.addAll(listing.keys()));
    List<String> silent = unreachable(again);
    for (GatheredTransaction orphan : orphans) {
      if (orphan.resources().stream().noneMatch(silent::contains)) {
        orphan.gone(listed::contains);
      }
    }
    gathered.values().removeIf(transaction -> transaction.isOrphan() && transaction.isEmpty());
  }
}
