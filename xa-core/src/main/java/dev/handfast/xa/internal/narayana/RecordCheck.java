package dev.handfast.xa.internal.narayana;

import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.coordinator.RecordType;
import com.arjuna.ats.arjuna.state.InputObjectState;
import com.arjuna.ats.internal.arjuna.common.UidHelper;
import com.arjuna.ats.jta.xa.RecoverableXAConnection;
import com.arjuna.ats.jta.xa.XidImple;
import dev.handfast.xa.internal.log.Decision;
import dev.handfast.xa.internal.log.LogRecord;
import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record from the log is one that Narayana wrote for us. Its own reading deserialises
 * objects and loads classes by name where the bytes say so (facts/narayana.md, "Log stores"); bytes
 * that say so are not ours.
 */
final class RecordCheck {

  private static final String MARKER = "#ARJUNA#";

  private final InputObjectState state;
  private final String gtrid;

  private RecordCheck(InputObjectState state, String gtrid) {
    this.state = state;
    this.gtrid = gtrid;
  }

  /** What is strange about a record, or null if it is one of ours. */
  static @Nullable String strangeness(LogRecord record) {
    Decision decision = record.decision();
    if (decision == null || !LogIndex.TRANSACTION.equals(record.key().type())) {
      return "it is of the unknown kind '" + record.key().type() + "'";
    }
    Uid uid = new Uid(record.key().uid());
    if (!Gtrids.of(uid).equals(decision.gtrid())) {
      return "it is kept as the transaction " + Gtrids.of(uid);
    }
    try {
      new RecordCheck(
              new InputObjectState(uid, record.key().type(), record.state()), decision.gtrid())
          .check();
      return null;
    } catch (IOException | RuntimeException e) {
      return "the transaction manager's part of it is not one of ours: " + e.getMessage();
    }
  }

  private void check() throws IOException {
    require(MARKER.equals(state.unpackString()), "it does not begin as one");
    if (UidHelper.unpackFrom(state).notEquals(Uid.nullUid())) {
      UidHelper.unpackFrom(state);
    }
    state.unpackLong();
    state.unpackBoolean();
    branches();
    if (state.unpackInt() > 0) {
      branches();
    }
    for (int status = 0; status < 3; status++) {
      state.unpackInt();
    }
  }

  private void branches() throws IOException {
    int type = state.unpackInt();
    while (type != RecordType.NONE_RECORD) {
      require(type == RecordType.JTA_RECORD, "it holds a record of type " + type);
      branch();
      type = state.unpackInt();
    }
  }

  private void branch() throws IOException {
    state.unpackInt();
    state.unpackBoolean();
    require(state.unpackBoolean(), "it holds a serialised Xid");
    XidImple xid = new XidImple();
    xid.unpackFrom(state);
    require(XidKey.of(xid).gtrid().equals(gtrid), "it holds a branch of another transaction");
    require(
        state.unpackInt() == RecoverableXAConnection.OBJECT_RECOVERY, "it names a class to load");
    for (int name = 0; name < 3; name++) {
      state.unpackString();
    }
    require(!state.unpackBoolean(), "it holds a serialised object");
    UidHelper.unpackFrom(state);
    state.unpackString();
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException(otherwise);
    }
  }
}
