package dev.handfast.xa.internal.narayana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.arjuna.ats.arjuna.AtomicAction;
import com.arjuna.ats.arjuna.common.Uid;
import com.arjuna.ats.arjuna.exceptions.ObjectStoreException;
import com.arjuna.ats.arjuna.state.InputObjectState;
import com.arjuna.ats.arjuna.state.OutputObjectState;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.scripted.Warnings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The parts of the store that no transaction shows. */
final class NarayanaStoreTest {

  private static final String TYPE = "/StateManager/BasicAction/TwoPhaseCoordinator/AtomicAction";

  @RegisterExtension final Warnings log = new Warnings();

  /** Narayana keeps what it finds when its classes are loaded, so the runtime goes first. */
  @BeforeAll
  static void setNarayanaUp() {
    Handfast.builder().nodeName("test-1").logStore(LogStore.inMemory()).start().close();
  }

  /** Records are filed under a form of the Uid, and listed by reading that form again. */
  @Test
  void filesUidsUnderNamesThatReadBack() {
    byte[] bytes = new byte[Uid.UID_SIZE];
    for (int i = 0; i < 2_000; i++) {
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (i * 31 + at * 7 + (i >> at % 8));
      }
      Uid uid = new Uid(bytes);

      String name = uid.fileStringForm();

      assertThat(name).matches("[0-9A-Za-z_-]+");
      assertThat(new Uid(name)).isEqualTo(uid);
      assertThat(new Uid(name).getBytes()).isEqualTo(bytes);
    }
    assertThat(new Uid(new Uid().fileStringForm()).valid()).isTrue();
  }

  @Test
  void isAskedForTransactionsByTheirType() {
    assertThat(new AtomicAction().type()).isEqualTo(TYPE).isEqualTo(NarayanaTransactions.TYPE);
  }

  @Test
  void isClosedWithoutALog() {
    NarayanaStore store = new NarayanaStore();
    Uid uid = new Uid();

    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> store.read_committed(uid, TYPE));
    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> store.write_committed(uid, TYPE, new OutputObjectState(uid, TYPE)));
    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> store.remove_committed(uid, TYPE));
    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> store.allObjUids(TYPE, new InputObjectState()));
  }

  @Test
  void takesNoRecordOfAnotherKind() throws Exception {
    NarayanaStore store = new NarayanaStore();
    Uid uid = new Uid();

    for (int i = 0; i < 2; i++) {
      assertThat(store.write_committed(uid, TYPE + "/Expired", new OutputObjectState(uid, TYPE)))
          .isFalse();
    }

    assertThat(log.warnings()).singleElement().asString().contains("HANDFAST001043");
  }

  @Test
  void knowsOneKind() throws Exception {
    InputObjectState types = new InputObjectState();

    assertThat(new NarayanaStore().allTypes(types)).isTrue();

    assertThat(types.unpackString()).isEqualTo(TYPE.substring(1));
    assertThat(types.unpackString()).isEmpty();
  }
}
