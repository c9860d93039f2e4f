package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.AtomicAction;
import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.coordinator.ActionManager;
import com.arjuna.ats.arjuna.coordinator.ActionStatus;
import com.arjuna.ats.arjuna.coordinator.BasicAction;
import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.branch.TrackedBranch;
import dev.handfast.xa.internal.log.Damage;
import dev.handfast.xa.internal.log.DamagedRecord;
import dev.handfast.xa.internal.log.DecisionRecord;
import dev.handfast.xa.internal.log.LogStoreException;
import dev.handfast.xa.internal.log.LoggedBranch;
import dev.handfast.xa.internal.log.RecordStore;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.UndecidedException;
import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.XidKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.transaction.xa.Xid;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is decided, by gtrid. Narayana says when a decision is taken and when it is carried out;
 * what is logged of it is ours, and recovery works from that alone.
 */
final class LogIndex {

  private static final Logger LOG = Logger.getLogger(LogIndex.class);

  static final String TRANSACTION = new AtomicAction().type();

  /** How many branches one slot of the log takes, with long names. */
  private static final int BRANCHES_PER_RECORD = 20;

  private final RecordStore store;
  private final int startId;
  private final BranchLedger ledger;
  private final Map<String, DecisionRecord> decisions = new ConcurrentHashMap<>();
  private final Map<String, LogStoreException> failures = new ConcurrentHashMap<>();

  private final Map<String, Integer> reserved = new ConcurrentHashMap<>();
  private final Set<String> undecided = ConcurrentHashMap.newKeySet();
  private final Tenure log;
  private Consumer<String> failed = reason -> {};

  LogIndex(Tenure log, BranchLedger ledger) {
    this.log = log;
    this.store = log.records();
    this.startId = log.identity().startId();
    this.ledger = ledger;
    store.decisions().forEach(this::index);
    report(log.damage());
  }

  private static void report(Damage damage) {
    for (DamagedRecord record : damage.records()) {
      LOG.errorf(
          "HANDFAST001045 The log record of transaction %s (%s) cannot be believed: %s. It may hold"
              + " a decision to commit, so the branches of the transaction are left alone until an"
              + " operator decides.",
          record.gtrid(), record.place(), record.reason());
    }
    if (damage.reason() != null) {
      LOG.errorf(
          "HANDFAST001046 The log in %s may not be the whole log: %s. Branches of %d earlier starts"
              + " without a record are left alone until an operator accepts the store.",
          damage.place(), damage.reason(), damage.distrustedStarts().size());
    }
  }

  /** Who is told that nothing can be logged any more. */
  void whenFailed(Consumer<String> listener) {
    failed = listener;
  }

  private void index(DecisionRecord decision) {
    decisions.put(decision.gtrid(), decision);
  }

  /**
   * Logs what was decided of a transaction; durable when it returns.
   *
   * @throws LogStoreException if it could not be written, which {@link #takeFailure} tells again
   */
  void write(Uid uid) {
    try {
      write(decision(uid));
    } catch (UndecidedException e) {
      undecided(Gtrids.of(uid), e);
      throw e;
    } catch (LogStoreException e) {
      if (!decisions.containsKey(Gtrids.of(uid))) {
        failures.put(Gtrids.of(uid), e);
      }
      throw e;
    }
  }

  /** Nobody knows the decision before the next start: its branches stay as they are. */
  private void undecided(String gtrid, UndecidedException why) {
    undecided.add(gtrid);
    ledger.freeze(gtrid);
    failures.put(gtrid, why);
    failed.accept(String.valueOf(why.getMessage()));
  }

  /**
   * Makes sure that the decision of a transaction with one more branch can be logged.
   *
   * @throws LogStoreException if it cannot
   */
  void reserve(String gtrid) {
    if (ledger.branches(gtrid).size() % BRANCHES_PER_RECORD == 0) {
      store.reserve(1);
      reserved.merge(gtrid, 1, Integer::sum);
    }
  }

  /** A transaction is over and logs nothing more. */
  void over(String gtrid) {
    Integer count = reserved.remove(gtrid);
    if (count != null) {
      store.unreserve(count);
    }
  }

  /** Why the decision of a transaction could not be logged, once; null if it could. */
  @Nullable LogStoreException takeFailure(String gtrid) {
    return failures.remove(gtrid);
  }

  private void write(DecisionRecord decision) {
    if (decision.branches().isEmpty()) {
      writeNothing(decision);
      return;
    }
    if (isNews(decision, decisions.get(decision.gtrid()))) {
      store.write(decision);
    } else {
      store.rewrite(decision);
    }
    index(decision);
  }

  /** What only leaves out what is finished need not survive a crash. */
  private static boolean isNews(DecisionRecord decision, @Nullable DecisionRecord logged) {
    return logged == null
        || logged.commit() != decision.commit()
        || !logged.branches().containsAll(heuristics(decision));
  }

  private static List<LoggedBranch> heuristics(DecisionRecord decision) {
    return decision.branches().stream().filter(LoggedBranch::isHeuristic).toList();
  }

  private void writeNothing(DecisionRecord decision) {
    if (!decision.commit()) {
      clear(decision.gtrid());
    } else if (!decisions.containsKey(decision.gtrid())) {
      throw new LogStoreException(
          "Transaction " + decision.gtrid() + " has no branch that the runtime knows");
    }
  }

  /**
   * What is to be logged of a transaction. A rollback is presumed and needs no record, unless a
   * branch ended on its own.
   */
  private DecisionRecord decision(Uid uid) {
    String gtrid = Gtrids.of(uid);
    DecisionRecord logged = decisions.get(gtrid);
    List<TrackedBranch> branches = ledger.branches(gtrid);
    if (logged != null && branches.isEmpty()) {
      return logged;
    }
    boolean commit = isToCommit(uid, logged);
    List<LoggedBranch> kept =
        open(branches).stream().filter(branch -> commit || branch.isHeuristic()).toList();
    List<LoggedBranch> done = finished(branches);
    return logged == null
        ? new DecisionRecord(gtrid, commit, startId, Instant.now(), kept, done)
        : new DecisionRecord(gtrid, commit, logged.startId(), logged.time(), kept, done);
  }

  /**
   * A decision to commit turns if the first resource manager that is told rolls back on its own.
   */
  private static boolean isToCommit(Uid uid, @Nullable DecisionRecord logged) {
    BasicAction action = ActionManager.manager().get(uid);
    if (action == null) {
      return logged != null && logged.commit();
    }
    int status = action.status();
    return status == ActionStatus.PREPARED
        || status == ActionStatus.COMMITTING
        || status == ActionStatus.COMMITTED;
  }

  private static List<LoggedBranch> open(List<TrackedBranch> branches) {
    List<LoggedBranch> open = new ArrayList<>();
    for (TrackedBranch branch : branches) {
      BranchState state = branch.state();
      if (!state.isFinished() || state == BranchState.HEURISTIC) {
        String bqual = branch.key().bqual();
        Heuristic kind = state == BranchState.HEURISTIC ? branch.heuristic() : null;
        open.add(new LoggedBranch(branch.resource(), bqual, kind));
      }
    }
    return open;
  }

  private static List<LoggedBranch> finished(List<TrackedBranch> branches) {
    return branches.stream()
        .filter(branch -> branch.state().isFinished() && branch.state() != BranchState.HEURISTIC)
        .map(branch -> new LoggedBranch(branch.resource(), branch.key().bqual()))
        .toList();
  }

  /** Whether a record names branches that its decision has not reached yet. */
  boolean isUnfinished(Uid uid) {
    DecisionRecord logged = decisions.get(Gtrids.of(uid));
    if (logged == null || !isToCommit(uid, logged)) {
      return false;
    }
    List<TrackedBranch> branches = ledger.branches(logged.gtrid());
    return !(branches.isEmpty() ? logged.branches() : open(branches)).isEmpty();
  }

  /** Whether the log says anything of a branch: it is to be committed, or kept as it ended. */
  boolean claims(XidKey branch) {
    if (isQuarantined(branch.gtrid())) {
      return true;
    }
    DecisionRecord decision = decisions.get(branch.gtrid());
    return decision != null
        && (decision.commit()
            || heuristics(decision).stream().anyMatch(b -> b.bqual().equals(branch.bqual())));
  }

  /** Records that cannot be read, and decisions of which nobody knows whether they are logged. */
  List<DamagedRecord> unreadable() {
    Damage damage = log.damage();
    List<DamagedRecord> all = new ArrayList<>(damage.records());
    for (String gtrid : undecided) {
      all.add(
          new DamagedRecord(
              gtrid, damage.place(), "its write could neither be forced nor withdrawn"));
    }
    return all;
  }

  /** Whether the decision of a transaction is damaged, or was neither forced nor withdrawn. */
  boolean isQuarantined(String gtrid) {
    return undecided.contains(gtrid) || log.isDamaged(gtrid);
  }

  /** A branch of a logged decision came to its end: the next write leaves it out. */
  void finished(XidKey xid) {
    replace(xid, null);
  }

  /** A branch of a logged decision was ended by its resource manager: it is kept. */
  void ended(XidKey xid, Heuristic kind) {
    replace(xid, kind);
    try {
      keep(xid.gtrid());
    } catch (LogStoreException e) {
      LOG.warnf(
          e,
          "HANDFAST001048 That branch %s was ended by its resource manager alone could not be"
              + " logged; it will be asked again after a restart",
          xid);
    }
  }

  /** Writes what is known of a decision now. */
  private void keep(String gtrid) {
    DecisionRecord current = decisions.get(gtrid);
    if (current != null) {
      store.write(current);
    }
  }

  /** All branches of a decision are finished: its record may go. */
  void clear(String gtrid) {
    if (decisions.remove(gtrid) != null) {
      store.remove(gtrid);
    }
  }

  private void replace(XidKey xid, @Nullable Heuristic kind) {
    decisions.computeIfPresent(
        xid.gtrid(),
        (gtrid, decision) -> {
          List<LoggedBranch> left = new ArrayList<>();
          List<LoggedBranch> done = new ArrayList<>(decision.finished());
          for (LoggedBranch branch : decision.branches()) {
            if (!branch.bqual().equals(xid.bqual())) {
              left.add(branch);
            } else if (kind != null) {
              left.add(new LoggedBranch(branch.resource(), branch.bqual(), kind));
            } else {
              done.add(new LoggedBranch(branch.resource(), branch.bqual()));
            }
          }
          return decision.with(left, done);
        });
  }

  /** Everything that is logged, of running transactions as well. */
  Collection<DecisionRecord> decisions() {
    return List.copyOf(decisions.values());
  }

  /** What is logged of a transaction, or null. */
  @Nullable DecisionRecord decision(String gtrid) {
    return decisions.get(gtrid);
  }

  /** An operator decided on branches; those that are kept as they ended stay so. */
  void decide(String gtrid, boolean commit, List<LoggedBranch> prepared) {
    Instant now = Instant.now();
    DecisionRecord logged =
        decisions.getOrDefault(
            gtrid, new DecisionRecord(gtrid, commit, startId, now, List.of(), List.of()));
    Set<LoggedBranch> all = new LinkedHashSet<>(prepared);
    all.addAll(logged.branches());
    DecisionRecord decision =
        new DecisionRecord(
            gtrid, commit, logged.startId(), now, List.copyOf(all), logged.finished());
    store.write(decision);
    index(decision);
  }

  /** An operator struck a branch off; a record that names no other goes with it. */
  void strike(XidKey branch) {
    replace(branch, null);
    DecisionRecord left = decisions.get(branch.gtrid());
    if (left != null && left.branches().isEmpty()) {
      clear(branch.gtrid());
    } else {
      keep(branch.gtrid());
    }
  }

  /** Decisions of transactions that are not running in this process. */
  List<DecisionRecord> pending() {
    return decisions.values().stream().filter(decision -> !Liveness.isLive(decision)).toList();
  }

  /** The branches that are to be committed on a resource. */
  List<Xid> decidedOn(String resource) {
    List<Xid> xids = new ArrayList<>();
    for (DecisionRecord decision : pending()) {
      for (LoggedBranch branch : decision.branches()) {
        if (decision.commit() && !branch.isHeuristic() && branch.resource().equals(resource)) {
          xids.add(Gtrids.branch(decision.gtrid(), branch.bqual()));
        }
      }
    }
    return xids;
  }
}
