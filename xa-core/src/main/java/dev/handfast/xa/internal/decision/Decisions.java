package dev.handfast.xa.internal.decision;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.log.Reservation;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.directory.ResourceIdentities;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.LoggedBranch;
import dev.handfast.xa.internal.log.record.UndecidedException;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.XidKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is decided, by gtrid. The transaction manager says when a decision is taken and when it is
 * carried out; what is logged of it is ours, and recovery works from that alone. Safe for use by
 * many threads, which take turns at one record.
 */
public final class Decisions {

  private static final MessageLog LOG = MessageLog.of(Decisions.class);

  /** How many branches one slot of the log takes, with long names and notes. */
  private static final int BRANCHES_PER_RECORD = 16;

  private static final Resolution DECIDED = new Resolution.Decided();
  private static final Resolution REFUSED = new Resolution.Refused(null, LogStoreException.UNTOLD);
  private static final Resolution OPEN = new Resolution.Open(UndecidedException.UNTOLD);

  private final Tenure tenure;
  private final BranchLedger ledger;
  private final RunningTransactions running;
  private final int formatId;
  private final Platform platform;
  private final Quarantine quarantine;
  private final DecisionLog log;
  private final DecisionIndex records;
  private final AtomicBoolean displaced = new AtomicBoolean();
  private Consumer<String> failed = reason -> {};

  /**
   * @param formatId of the transaction manager, in all its Xids
   */
  public Decisions(
      Tenure tenure,
      BranchLedger ledger,
      RunningTransactions running,
      int formatId,
      Platform platform) {
    this.tenure = tenure;
    this.ledger = ledger;
    this.running = running;
    this.formatId = formatId;
    this.platform = platform;
    this.quarantine = new Quarantine(tenure);
    this.log = new DecisionLog(tenure, ledger, platform, this::undecided);
    this.records = log.records();
  }

  /** Who is told that nothing can be logged any more. */
  public void whenFailed(Consumer<String> listener) {
    failed = listener;
  }

  /** What of the log cannot be believed. */
  public Quarantine quarantine() {
    return quarantine;
  }

  /** Which transactions are not over. */
  public RunningTransactions running() {
    return running;
  }

  /** Who the resource managers behind the names were. */
  public ResourceIdentities identities() {
    return tenure.resources();
  }

  /** The key of a branch that a record names. */
  public XidKey key(Gtrid gtrid, LoggedBranch branch) {
    return new XidKey(formatId, gtrid, branch.bqual());
  }

  /** The format id of this node's branches. */
  public int formatId() {
    return formatId;
  }

  /**
   * Makes sure that the decision of a transaction with one more branch can be logged.
   *
   * @param keeper takes what is reserved for it, if what it has is not enough, and gives it back
   *     when the transaction is over
   * @throws LogStoreException if it cannot
   */
  public void reserve(Gtrid gtrid, Consumer<Reservation> keeper) {
    if (ledger.branches(gtrid).size() % BRANCHES_PER_RECORD != 0) {
      return;
    }
    Reservation room = tenure.reserve(1);
    try {
      keeper.accept(room);
    } catch (RuntimeException | Error e) {
      room.giveBack();
      throw e;
    }
  }

  /**
   * Decides a transaction, or writes what became of its branches since. Whatever is thrown below is
   * told as an answer, and nothing is thrown here.
   *
   * @param commit whether it is to be committed; a rollback is presumed and needs no record, unless
   *     a branch ended on its own
   */
  public Resolution decide(Gtrid gtrid, boolean commit) {
    try {
      return log.inTurn(gtrid, () -> decided(gtrid, commit));
    } catch (Throwable e) {
      return refused(e);
    }
  }

  private Resolution decided(Gtrid gtrid, boolean commit) {
    List<TrackedBranch> branches = List.of();
    try {
      branches = ledger.branches(gtrid);
      log.write(record(gtrid, commit, branches));
      return DECIDED;
    } catch (UndecidedException e) {
      freeze(branches);
      return open(e);
    } catch (LogStoreException e) {
      return refused(e);
    } catch (Throwable e) {
      return refused(e);
    }
  }

  private static Resolution refused(Throwable thrown) {
    try {
      return new Resolution.Refused(
          null,
          thrown instanceof LogStoreException failure
              ? failure
              : new LogStoreException("The decision could not be logged: " + thrown, thrown));
    } catch (Throwable e) {
      return REFUSED;
    }
  }

  /** Nobody may act on the branches any more, whatever fails meanwhile. Throws nothing. */
  private void undecided(Gtrid gtrid, UndecidedException reason) {
    quarantine.add(gtrid);
    freeze(gtrid);
    try {
      failed.accept(String.valueOf(reason.getMessage()));
    } catch (Throwable e) {
      LOG.debug("Nobody could be told that the log has failed", e);
    }
  }

  private void freeze(Gtrid gtrid) {
    try {
      freeze(ledger.branches(gtrid));
    } catch (Throwable e) {
      LOG.debug("The branches of a transaction that nobody knows of could not be frozen", e);
    }
  }

  private static void freeze(List<TrackedBranch> branches) {
    for (int i = 0; i < branches.size(); i++) {
      branches.get(i).freeze();
    }
  }

  private static Resolution open(UndecidedException reason) {
    try {
      return new Resolution.Open(reason);
    } catch (Throwable e) {
      return OPEN;
    }
  }

  private DecisionRecord record(Gtrid gtrid, boolean commit, List<TrackedBranch> branches) {
    DecisionRecord logged = records.get(gtrid);
    if (logged != null && branches.isEmpty()) {
      return logged;
    }
    List<LoggedBranch> kept =
        BranchRecords.open(branches).stream()
            .filter(branch -> commit || logged != null || branch.isHeuristic())
            .toList();
    List<LoggedBranch> done = BranchRecords.finished(branches);
    return logged == null
        ? new DecisionRecord(
            gtrid,
            commit,
            DecisionRecord.Kind.TAKEN,
            tenure.identity().startId(),
            platform.now(),
            running.label(gtrid),
            kept,
            done)
        : new DecisionRecord(
            gtrid,
            commit,
            logged.kind(),
            logged.startId(),
            logged.time(),
            logged.label(),
            kept,
            done);
  }

  /** Whether a decision to commit has not reached all the branches that its record names. */
  public boolean isUnfinished(Gtrid gtrid) {
    DecisionRecord logged = records.get(gtrid);
    if (logged == null) {
      return false;
    }
    List<TrackedBranch> branches = ledger.branches(gtrid);
    return !(branches.isEmpty() ? logged.branches() : BranchRecords.open(branches)).isEmpty();
  }

  /** Whether an operator has decided on all branches of a transaction, whoever lists them. */
  public boolean isOrdered(Gtrid gtrid) {
    DecisionRecord logged = records.get(gtrid);
    return logged != null && logged.isOrdered();
  }

  /** All branches of a decision are finished: its record may go. */
  public void clear(Gtrid gtrid) {
    log.clear(gtrid);
  }

  /**
   * The decision to commit is taken back, since the first branch that was told rolled back on its
   * own, and the others follow it; that is on disk before the record may go.
   *
   * @throws LogStoreException if it is not; the record stays
   */
  public void takeBack(Gtrid gtrid) {
    log.takeBack(gtrid);
  }

  /**
   * Clears a decision that has reached all its branches.
   *
   * @param allAsked whether every resource manager has said which branches it has, so that an order
   *     has reached those that nobody had seen
   */
  public void clearIfFinished(Gtrid gtrid, boolean allAsked) {
    log.clearIfFinished(gtrid, allAsked);
  }

  /** Recovery or an operator brought a branch to its end: the next write leaves it out. */
  public void finished(XidKey xid, BranchState state) {
    log.finished(xid, state);
  }

  /** Recovery was told that a resource manager ended a branch on its own: it is kept. */
  public void ended(XidKey xid, Heuristic kind) {
    log.ended(xid, kind);
  }

  /** An operator decided on branches; those that are kept as they ended stay so. */
  public void order(Gtrid gtrid, boolean commit, List<LoggedBranch> prepared) {
    log.order(gtrid, commit, prepared);
  }

  /** An operator struck a branch off; a record that names no other goes with it. */
  public void strike(XidKey branch) {
    log.strike(branch);
  }

  /**
   * Sees to it that what was cleared is gone from the log.
   *
   * @throws LogStoreException if it is not, and will be found by the next start
   */
  public void settle() {
    log.settle();
  }

  /**
   * Looks whether the log is where the next start will find it. If not, no transaction is decided
   * any more, and who is to be told is told.
   */
  public void check() {
    String why = tenure.displaced();
    if (why != null && !displaced.getAndSet(true)) {
      LOG.errorf(
          "HANDFAST001069 The log in %s has failed: %s. What was decided since may be lost with the"
              + " process.",
          tenure.location(), why);
      failed.accept("The log has failed: " + why);
    }
  }

  /**
   * A resource manager answered its complete list: a branch of this process that is neither listed
   * nor live nor claimed by the log has nothing left to lose.
   */
  public void listed(String resource, Set<XidKey> listed) {
    ledger.reconcile(
        resource,
        branch ->
            listed.contains(branch) || running.contains(branch.transaction()) || claims(branch));
  }

  /** Whether the log says anything of a branch: it is to be committed, or kept as it ended. */
  public boolean claims(XidKey branch) {
    Gtrid gtrid = branch.transaction();
    if (quarantine.isUndecided(gtrid) || (quarantine.contains(gtrid) && !isOrdered(gtrid))) {
      return true;
    }
    DecisionRecord decision = records.get(branch.transaction());
    return decision != null
        && (decision.commit()
            || BranchRecords.heuristic(decision).stream()
                .anyMatch(kept -> kept.bqual().equals(branch.bqual())));
  }

  /**
   * Those of the given branches, all ours and all listed before, whose transactions are presumed
   * aborted: neither live nor claimed by the log. Live is asked before logged, because a
   * transaction ceases to be live only after its decision is in the log or its branches are
   * finished.
   */
  public Set<XidKey> presumedAborted(Collection<XidKey> listed) {
    Set<Gtrid> live =
        running.among(listed.stream().map(XidKey::transaction).collect(Collectors.toSet()));
    return listed.stream()
        .filter(branch -> !live.contains(branch.transaction()) && !claims(branch))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Everything that is logged, of running transactions as well. */
  public Collection<DecisionRecord> all() {
    return records.all();
  }

  /** What is logged of a transaction, or null. */
  public @Nullable DecisionRecord of(Gtrid gtrid) {
    return records.get(gtrid);
  }

  /** Decisions of transactions that are not running in this process. */
  public List<DecisionRecord> pending() {
    Collection<DecisionRecord> logged = records.all();
    Set<Gtrid> live = running.among(logged.stream().map(DecisionRecord::gtrid).toList());
    return logged.stream().filter(record -> !live.contains(record.gtrid())).toList();
  }

  /** The branches of pending decisions that are to be committed on a resource. */
  public List<XidKey> decidedOn(String resource) {
    List<XidKey> keys = new ArrayList<>();
    for (DecisionRecord decision : pending()) {
      for (LoggedBranch branch : decision.branches()) {
        if (decision.commit() && !branch.isHeuristic() && branch.resource().equals(resource)) {
          keys.add(key(decision.gtrid(), branch));
        }
      }
    }
    return keys;
  }

  /** Branches of this process that may have voted and are not finished. */
  public List<TrackedBranch> voted() {
    return ledger.inDoubt();
  }

  /**
   * How many branches wait for a resource manager: of decisions in the log, and of running
   * transactions those that voted, whose decision may come.
   */
  public int waitingFor(String resource) {
    Set<XidKey> all = new LinkedHashSet<>(decidedOn(resource));
    voted().stream()
        .filter(branch -> branch.resource().equals(resource))
        .forEach(branch -> all.add(branch.key()));
    return all.size();
  }
}
