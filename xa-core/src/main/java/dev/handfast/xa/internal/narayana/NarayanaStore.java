package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.objectstore.ObjectStoreAPI;
import com.arjuna.ats.arjuna.objectstore.StateStatus;
import com.arjuna.ats.arjuna.state.InputObjectState;
import com.arjuna.ats.arjuna.state.OutputObjectState;
import com.arjuna.ats.internal.arjuna.common.UidHelper;
import dev.handfast.xa.internal.log.LogStoreException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The store that Narayana is given, once per class loader because four of its classes keep it in
 * statics; it hands everything to the log of the runtime that is started. A missing record reads as
 * null: a store that throws instead switches the rollback of orphans off (facts/narayana.md).
 */
final class NarayanaStore implements ObjectStoreAPI {

  private static final Logger LOG = Logger.getLogger(NarayanaStore.class);

  private volatile @Nullable LogIndex log;
  private final Set<Uid> refused = ConcurrentHashMap.newKeySet();

  void attach(@Nullable LogIndex index) {
    log = index;
    refused.clear();
  }

  private LogIndex log() throws ObjectStoreException {
    LogIndex current = log;
    if (current == null) {
      throw new ObjectStoreException("The runtime is closed");
    }
    return current;
  }

  @Override
  public boolean write_committed(Uid uid, String type, OutputObjectState state)
      throws ObjectStoreException {
    if (!LogIndex.TRANSACTION.equals(type)) {
      refuse(uid, type);
      return false;
    }
    try {
      log().write(uid);
      return true;
    } catch (LogStoreException e) {
      LOG.errorf(e, "HANDFAST001041 The decision %s could not be logged", Gtrids.of(uid));
      throw new ObjectStoreException(e.getMessage(), e);
    }
  }

  /** Narayana sets aside what it cannot read; its branches would then be rolled back at once. */
  private void refuse(Uid uid, String type) {
    if (refused.add(uid)) {
      LOG.errorf(
          "HANDFAST001043 The transaction manager cannot read the record of transaction %s and"
              + " would set it aside as %s. It stays where it is, and its branches stay in doubt.",
          Gtrids.of(uid), type);
    }
  }

  @Override
  public boolean remove_committed(Uid uid, String type) throws ObjectStoreException {
    if (log().isUnfinished(uid)) {
      LOG.errorf(
          "HANDFAST001044 The transaction manager gave transaction %s up, though not all of its"
              + " branches are finished. Its record is kept.",
          Gtrids.of(uid));
      throw new ObjectStoreException("The branches of " + uid + " are not finished");
    }
    try {
      log().clear(Gtrids.of(uid));
      return true;
    } catch (LogStoreException e) {
      LOG.warnf(
          e,
          "HANDFAST001042 The finished transaction %s could not be cleared from the log; recovery"
              + " will clear it",
          Gtrids.of(uid));
      throw new ObjectStoreException(e.getMessage(), e);
    }
  }

  /** Nothing: recovery works from our own records, and Narayana's part is not kept. */
  @Override
  public @Nullable InputObjectState read_committed(Uid uid, String type)
      throws ObjectStoreException {
    log();
    return null;
  }

  @Override
  public int currentState(Uid uid, String type) throws ObjectStoreException {
    return log().decision(Gtrids.of(uid)) == null
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
    log();
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
      all.packString(LogIndex.TRANSACTION.substring(1));
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
