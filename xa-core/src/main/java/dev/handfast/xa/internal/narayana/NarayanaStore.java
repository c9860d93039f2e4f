package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.objectstore.ObjectStoreAPI;
import com.arjuna.ats.arjuna.objectstore.StateStatus;
import com.arjuna.ats.arjuna.state.InputObjectState;
import com.arjuna.ats.arjuna.state.OutputObjectState;
import com.arjuna.ats.internal.arjuna.common.UidHelper;
import dev.handfast.xa.internal.decision.Decisions;
import dev.handfast.xa.internal.decision.Resolution;
import dev.handfast.xa.internal.decision.Resolution.NotDecided;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The store that Narayana is given, once per class loader because four of its classes keep it in
 * statics; it hands everything to the log of the runtime that is started. A missing record reads as
 * null: a store that throws instead switches Narayana's own rollback of orphans off.
 */
final class NarayanaStore implements ObjectStoreAPI {

  private static final MessageLog LOG = MessageLog.of(NarayanaStore.class);

  private volatile @Nullable Decisions decisions;
  private volatile @Nullable Deciding deciding;
  private final Set<Uid> refused = ConcurrentHashMap.newKeySet();

  /** The running transactions, while they are decided. */
  interface Deciding {

    /** Why a transaction may not commit any more, for a reader, or null. */
    @Nullable String veto(Gtrid gtrid);

    /** A transaction could not be decided, and why; it is told before Narayana is. */
    void notDecided(Gtrid gtrid, NotDecided why);
  }

  /**
   * Hands everything to the log of a runtime from now on.
   *
   * @param transactions what is asked and told about them
   */
  void attach(Decisions log, Deciding transactions) {
    deciding = transactions;
    decisions = log;
    refused.clear();
  }

  /** The runtime is closed. */
  void detach() {
    decisions = null;
    deciding = null;
    refused.clear();
  }

  private Decisions decisions() throws ObjectStoreException {
    Decisions current = decisions;
    if (current == null) {
      throw new ObjectStoreException("The runtime is closed");
    }
    return current;
  }

  @Override
  public boolean write_committed(Uid uid, String type, OutputObjectState state)
      throws ObjectStoreException {
    if (!NarayanaTransactions.TYPE.equals(type)) {
      refuse(uid, type);
      return false;
    }
    Gtrid gtrid = NarayanaTransactions.gtrid(uid);
    Decisions log = decisions();
    DecisionRecord logged = log.of(gtrid);
    boolean commit = NarayanaTransactions.isToCommit(uid, logged != null && logged.commit());
    if (logged == null && commit) {
      requireWanted(gtrid);
    }
    Resolution resolution = log.decide(gtrid, commit);
    if (resolution instanceof NotDecided failure) {
      if (log.of(gtrid) == null || failure instanceof Resolution.Open) {
        tell(gtrid, failure);
      }
      throw notLogged(gtrid, failure.reason());
    }
    return true;
  }

  private void requireWanted(Gtrid gtrid) throws ObjectStoreException {
    Deciding current = deciding;
    String veto = current == null ? null : current.veto(gtrid);
    if (veto != null) {
      throw new ObjectStoreException("Transaction " + gtrid + " is not decided: " + veto);
    }
  }

  private void tell(Gtrid gtrid, NotDecided failure) {
    Deciding current = deciding;
    if (current != null) {
      current.notDecided(gtrid, failure);
    }
  }

  private static ObjectStoreException notLogged(Gtrid gtrid, LogStoreException reason) {
    LOG.errorf(reason, "HANDFAST001041 The decision %s could not be logged", gtrid);
    return new ObjectStoreException(reason.getMessage(), reason);
  }

  /** Narayana sets aside what it cannot read; its branches would then be rolled back at once. */
  private void refuse(Uid uid, String type) {
    if (refused.add(uid)) {
      LOG.errorf(
          "HANDFAST001043 The transaction manager cannot read the record of transaction %s and"
              + " would set it aside as %s. It stays where it is, and its branches stay in doubt.",
          NarayanaTransactions.gtrid(uid), type);
    }
  }

  @Override
  public boolean remove_committed(Uid uid, String type) throws ObjectStoreException {
    Gtrid gtrid = NarayanaTransactions.gtrid(uid);
    Decisions log = decisions();
    if (isGivenUp(uid, gtrid, log)) {
      LOG.errorf(
          "HANDFAST001044 The transaction manager gave transaction %s up, though not all of its"
              + " branches are finished. Its record is kept.",
          gtrid);
      throw new ObjectStoreException("The branches of " + uid + " are not finished");
    }
    try {
      if (isTakenBack(uid, gtrid, log)) {
        log.takeBack(gtrid);
      } else {
        log.clear(gtrid);
      }
      return true;
    } catch (LogStoreException e) {
      LOG.warnf(
          e,
          "HANDFAST001042 The finished transaction %s could not be cleared from the log; recovery"
              + " will clear it",
          gtrid);
      throw new ObjectStoreException(e.getMessage(), e);
    }
  }

  private static boolean isGivenUp(Uid uid, Gtrid gtrid, Decisions log) {
    DecisionRecord logged = log.of(gtrid);
    return logged != null
        && NarayanaTransactions.isToCommit(uid, logged.commit())
        && log.isUnfinished(gtrid);
  }

  private static boolean isTakenBack(Uid uid, Gtrid gtrid, Decisions log) {
    DecisionRecord logged = log.of(gtrid);
    return logged != null && logged.commit() && !NarayanaTransactions.isToCommit(uid, true);
  }

  /** Nothing: recovery works from our own records, and Narayana's part is not kept. */
  @Override
  public @Nullable InputObjectState read_committed(Uid uid, String type)
      throws ObjectStoreException {
    decisions();
    return null;
  }

  @Override
  public int currentState(Uid uid, String type) throws ObjectStoreException {
    return decisions().of(NarayanaTransactions.gtrid(uid)) == null
        ? StateStatus.OS_UNKNOWN
        : StateStatus.OS_COMMITTED;
  }

  @Override
  public boolean isType(Uid uid, String type, int state) throws ObjectStoreException {
    return currentState(uid, type) == state;
  }

  @Override
  public boolean allObjUids(String type, InputObjectState found, int state)
      throws ObjectStoreException {
    return allObjUids(type, found);
  }

  /** None: recovery works from our own section of the records and shows Narayana no record. */
  @Override
  public boolean allObjUids(String type, InputObjectState found) throws ObjectStoreException {
    decisions();
    OutputObjectState uids = new OutputObjectState();
    try {
      UidHelper.packInto(Uid.nullUid(), uids);
    } catch (IOException e) {
      throw new ObjectStoreException("The list of records could not be packed", e);
    }
    found.setBuffer(uids.buffer());
    return true;
  }

  @Override
  public boolean allTypes(InputObjectState types) throws ObjectStoreException {
    OutputObjectState all = new OutputObjectState();
    try {
      all.packString(NarayanaTransactions.TYPE.substring(1));
      all.packString("");
    } catch (IOException e) {
      throw new ObjectStoreException("The list of types could not be packed", e);
    }
    types.setBuffer(all.buffer());
    return true;
  }

  @Override
  public void sync() {}

  @Override
  public boolean fullCommitNeeded() {
    return false;
  }

  @Override
  public boolean hide_state(Uid uid, String type) {
    return false;
  }

  @Override
  public boolean reveal_state(Uid uid, String type) {
    return false;
  }

  @Override
  public boolean commit_state(Uid uid, String type) {
    return false;
  }

  @Override
  public @Nullable InputObjectState read_uncommitted(Uid uid, String type) {
    return null;
  }

  @Override
  public boolean remove_uncommitted(Uid uid, String type) {
    return false;
  }

  @Override
  public boolean write_uncommitted(Uid uid, String type, OutputObjectState state) {
    return false;
  }

  @Override
  public String getStoreName() {
    return "handfast";
  }

  @Override
  public void start() {}

  @Override
  public void stop() {}
}
