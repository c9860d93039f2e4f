package dev.handfast.xa.internal.decision;

import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.log.record.Damage;
import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What of the log cannot be believed: damaged records, decisions that were neither forced nor
 * withdrawn, and starts whose log may be lost. The branches concerned are left alone until an
 * operator decides or the store is started anew. Safe for use by many threads.
 */
public final class Quarantine {

  private static final MessageLog LOG = MessageLog.of(Quarantine.class);

  private final Tenure tenure;
  private final Set<Gtrid> undecided = ConcurrentHashMap.newKeySet();

  /** A transaction is undecided, and there was no memory to remember which one. */
  private volatile boolean anyUndecided;

  Quarantine(Tenure tenure) {
    this.tenure = tenure;
    report(tenure.damage());
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

  /**
   * Nobody knows the decision of a transaction before the next start. If it cannot be remembered,
   * that is said of every transaction. Throws nothing.
   */
  void add(Gtrid gtrid) {
    try {
      undecided.add(gtrid);
    } catch (Throwable e) {
      anyUndecided = true;
    }
  }

  /** Whether a decision of a transaction was neither forced nor withdrawn. */
  public boolean isUndecided(Gtrid gtrid) {
    return anyUndecided || undecided.contains(gtrid);
  }

  /** Whether the decision of a transaction is damaged, or was neither forced nor withdrawn. */
  public boolean contains(Gtrid gtrid) {
    return isUndecided(gtrid) || tenure.isDamaged(gtrid);
  }

  /** Records that cannot be read, and decisions of which nobody knows whether they are logged. */
  public List<DamagedRecord> records() {
    Damage damage = tenure.damage();
    List<DamagedRecord> all = new ArrayList<>(damage.records());
    for (Gtrid gtrid : undecided) {
      all.add(
          new DamagedRecord(
              gtrid, damage.place(), "its write could neither be forced nor withdrawn"));
    }
    return all;
  }

  /** Why the log may not be the whole log; null if it is. */
  public @Nullable String distrust() {
    return tenure.damage().reason();
  }

  /**
   * Gives a damaged record up, by an operator's order; durable when it returns.
   *
   * @throws IllegalStateException if only a start can tell what is in the log
   */
  public void release(DamagedRecord record) {
    if (!tenure.release(record.gtrid())) {
      throw new IllegalStateException(
          "The record of transaction "
              + record.gtrid()
              + " cannot be given up: "
              + record.reason()
              + ". To solve this, start again: the start reads what is in the log.");
    }
  }

  /** Trusts all recorded starts again, by an operator's order; durable when it returns. */
  public void trust() {
    tenure.accept();
  }
}
