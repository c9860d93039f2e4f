package dev.handfast.xa.internal.decision;

import dev.handfast.xa.internal.branch.BranchLedger;
import dev.handfast.xa.internal.log.Reservation;
import dev.handfast.xa.internal.log.Tenure;
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
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The decisions in the log and what is known of them here, changed together. Safe for use by many
 * threads, which take turns at one record.
 */
final class DecisionLog {

  private static final MessageLog LOG = MessageLog.of(DecisionLog.class);

  private final Tenure tenure;
  private final BranchLedger ledger;
  private final Platform platform;
  private final BiConsumer<Gtrid, UndecidedException> undecided;
  private final DecisionIndex records = new DecisionIndex();
  private final RecordTurns turns = new RecordTurns();

  /**
   * @param undecided is told of a record of which nobody knows whether it is written
   */
  DecisionLog(
      Tenure tenure,
      BranchLedger ledger,
      Platform platform,
      BiConsumer<Gtrid, UndecidedException> undecided) {
    this.undecided = undecided;
    this.tenure = tenure;
    this.ledger = ledger;
    this.platform = platform;
    tenure.decisions().forEach(records::put);
  }

  /** What is known. */
  DecisionIndex records() {
    return records;
  }

  /** Does something while nobody else changes the record of a transaction. */
  <T> T inTurn(Gtrid gtrid, Supplier<T> work) {
    return turns.take(gtrid, work);
  }

  /** Writes a decision, within a turn; with a force if it says something new. */
  void write(DecisionRecord decision) {
    if (decision.branches().isEmpty()) {
      writeNothing(decision);
    } else {
      write(decision, isNews(decision, records.get(decision.gtrid())));
    }
  }

  private void write(DecisionRecord decision, boolean news) {
    AtomicReference<@Nullable DecisionRecord> room = records.room(decision.gtrid());
    try {
      if (news) {
        tenure.write(decision);
      } else {
        tenure.rewrite(decision);
      }
    } catch (UndecidedException e) {
      records.removeUnused(decision.gtrid());
      undecided.accept(decision.gtrid(), e);
      throw e;
    } catch (RuntimeException | Error e) {
      records.removeUnused(decision.gtrid());
      throw e;
    }
    records.put(decision, room);
  }

  /** What only leaves out what is finished need not survive a crash. */
  private static boolean isNews(DecisionRecord decision, @Nullable DecisionRecord logged) {
    return logged == null
        || logged.commit() != decision.commit()
        || !logged.branches().containsAll(BranchRecords.heuristic(decision));
  }

  private void writeNothing(DecisionRecord decision) {
    if (!decision.commit()) {
      clearTaken(decision.gtrid());
    } else if (!records.contains(decision.gtrid())) {
      throw new LogStoreException(
          "Transaction " + decision.gtrid() + " has no branch that the runtime knows");
    }
  }

  /** All branches of a decision are finished: its record may go. */
  void clear(Gtrid gtrid) {
    turns.take(gtrid, () -> clearTaken(gtrid));
  }

  /** If it fails, the record is still known here. */
  private void clearTaken(Gtrid gtrid) {
    if (records.contains(gtrid)) {
      tenure.remove(gtrid);
    }
    records.remove(gtrid);
  }

  /**
   * The decision to commit is taken back, since the first branch that was told rolled back on its
   * own, and the others follow it. That is on disk before the record may go: the decision would
   * come back with the power otherwise, and a branch that is still to be rolled back be committed.
   *
   * @throws LogStoreException if it is not; the record stays
   */
  void takeBack(Gtrid gtrid) {
    turns.take(
        gtrid,
        () -> {
          DecisionRecord logged = records.get(gtrid);
          if (logged != null) {
            write(logged.takenBack(BranchRecords.prepared(ledger.branches(gtrid))), true);
            clearIfFinishedTaken(gtrid, true);
          }
        });
    settle();
  }

  /**
   * Clears a decision that has reached all its branches.
   *
   * @param allAsked whether every resource manager has said which branches it has, so that an order
   *     has reached those that nobody had seen
   */
  void clearIfFinished(Gtrid gtrid, boolean allAsked) {
    turns.take(gtrid, () -> clearIfFinishedTaken(gtrid, allAsked));
  }

  private void clearIfFinishedTaken(Gtrid gtrid, boolean allAsked) {
    DecisionRecord logged = records.get(gtrid);
    if (logged != null && logged.branches().isEmpty() && (allAsked || !logged.isOrdered())) {
      clearTaken(gtrid);
    }
  }

  /** Recovery or an operator brought a branch to its end: the next write leaves it out. */
  void finished(XidKey xid, BranchState state) {
    turns.take(
        xid.transaction(),
        () -> records.change(xid.transaction(), decision -> BranchRecords.without(decision, xid)));
    ledger.finished(xid, state);
  }

  /** Recovery was told that a resource manager ended a branch on its own: it is kept. */
  void ended(XidKey xid, Heuristic kind) {
    try {
      turns.take(
          xid.transaction(),
          () -> {
            DecisionRecord logged = records.get(xid.transaction());
            if (logged != null) {
              write(BranchRecords.with(logged, xid, kind), true);
            }
          });
    } catch (LogStoreException e) {
      LOG.warnf(
          e,
          "HANDFAST001048 That branch %s was ended by its resource manager alone could not be"
              + " logged; it will be asked again after a restart",
          xid);
    }
    ledger.finished(xid, BranchState.HEURISTIC);
  }

  /** An operator decided on branches; those that are kept as they ended stay so. */
  void order(Gtrid gtrid, boolean commit, List<LoggedBranch> prepared) {
    turns.take(gtrid, () -> ordered(gtrid, commit, prepared));
  }

  private void ordered(Gtrid gtrid, boolean commit, List<LoggedBranch> prepared) {
    Instant now = platform.now();
    DecisionRecord logged = records.get(gtrid);
    Set<LoggedBranch> all = new LinkedHashSet<>(prepared);
    if (logged != null) {
      all.addAll(logged.branches());
    }
    DecisionRecord decision =
        new DecisionRecord(
            gtrid,
            commit,
            logged == null ? DecisionRecord.Kind.ORDERED : logged.kind(),
            logged == null ? tenure.identity().startId() : logged.startId(),
            now,
            logged == null ? "" : logged.label(),
            List.copyOf(all),
            logged == null ? List.of() : logged.finished());
    Reservation room = tenure.reserve(1);
    try {
      write(decision, true);
    } finally {
      room.giveBack();
    }
  }

  /** An operator struck a branch off; a record that names no other goes with it. */
  void strike(XidKey branch) {
    turns.take(branch.transaction(), () -> struck(branch));
    settle();
  }

  /** What fails has changed nothing, so that the order can be given again. */
  private void struck(XidKey branch) {
    DecisionRecord logged = records.get(branch.transaction());
    if (logged == null) {
      return;
    }
    DecisionRecord left = BranchRecords.without(logged, branch);
    if (left.branches().isEmpty() && !left.isOrdered()) {
      clearTaken(branch.transaction());
    } else {
      write(left, true);
    }
  }

  /**
   * Sees to it that what was cleared is gone from the log.
   *
   * @throws LogStoreException if it is not, and will be found by the next start
   */
  void settle() {
    tenure.settle();
  }
}
