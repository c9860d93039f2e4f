package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.handfast.xa.internal.log.slot.SlotFiles;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store of a node that is not running, looked at and then acted on. */
final class OpenStoreTest {

  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");

  @BeforeEach
  void leaveADecision() {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    try (Handfast handfast = Nodes.start(directory, orders, events)) {
      handfast.run(
          () -> {
            handfast.resource(orders).work();
            handfast.resource(events).work();
          });
    }
    orders.behave();
    events.behave();
  }

  private Path log() {
    return directory.resolve("log");
  }

  private OpenStore open() {
    return Handfast.builder()
        .nodeName("test-1")
        .logStore(LogStore.file(log()).lockWait(Duration.ZERO).allowRamDisk())
        .resources(orders, events)
        .openStore();
  }

  private Map<String, String> bytes() throws IOException {
    Map<String, String> content = new HashMap<>();
    try (Stream<Path> files = Files.list(log())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        content.put(
            file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return content;
  }

  @Test
  void lookingLeavesEveryByteAsItWas() throws IOException {
    Map<String, String> before = bytes();

    try (OpenStore store = open()) {
      assertThat(store.recovery().status().logged()).isOne();
      assertThat(store.recovery().inDoubt(Filter.all()).transactions())
          .extracting(InDoubtTransaction::state)
          .containsExactly(InDoubtTransaction.State.PENDING);
      String gtrid = XidKey.of(orders.inDoubt().get(0)).gtrid();
      assertThat(store.recovery().preview(Action.COMMIT, Selection.of(gtrid)).isRefused())
          .isFalse();
      assertThat(store.recovery().preview(Action.ROLLBACK, Selection.of(gtrid)).isRefused())
          .isTrue();
      assertThat(bytes()).isEqualTo(before);
    }

    assertThat(bytes()).isEqualTo(before);
    assertThat(orders.inDoubt()).hasSize(1);
  }

  @Test
  void lookingMendsNothing() throws IOException {
    SlotFiles.flipHeads(log(), 8 * 200);
    Map<String, String> before = bytes();

    try (OpenStore store = open()) {
      assertThat(store.recovery().inDoubt(Filter.all()).transactions())
          .extracting(InDoubtTransaction::state)
          .containsExactly(InDoubtTransaction.State.QUARANTINED);
    }

    assertThat(bytes()).isEqualTo(before);
  }

  @Test
  void carriesAnOrderOutAndNothingElse() throws IOException {
    String gtrid = XidKey.of(orders.inDoubt().get(0)).gtrid();
    events.leavePrepared(Xids.of("test-1~zzzzzz", 1));

    try (OpenStore store = open()) {
      Status status = store.recovery().status();
      Xid orphan = Xids.of(status.node() + "~" + status.storeId(), firstStart(gtrid));
      orders.leavePrepared(orphan);
      assertThat(store.recovery().commit(Selection.of(gtrid), "checked, ticket 4711").isComplete())
          .isTrue();

      assertThat(store.recovery().status().logged()).isZero();
      assertThat(orders.inDoubt()).extracting(XidKey::of).containsExactly(XidKey.of(orphan));
    }

    assertThat(orders.committed()).isEqualTo(events.committed()).containsExactly(gtrid);
    assertThat(Files.readString(log().resolve("audit.log"))).contains("ticket 4711");
    Nodes.start(directory, orders, events).close();
    assertThat(orders.rolledBack()).hasSize(1);
  }

  private static int firstStart(String gtrid) {
    return java.nio.ByteBuffer.wrap(java.util.HexFormat.of().parseHex(gtrid)).getInt(16);
  }

  @Test
  void actsWhenItIsTold() throws IOException {
    byte[] before = Files.readAllBytes(log().resolve("store"));

    try (OpenStore store = open()) {
      assertThat(store.recovery().recover(Duration.ZERO).committed()).isEqualTo(2);
      assertThat(store.recovery().status().logged()).isZero();
    }

    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
    assertThat(SlotFiles.decisions(log())).isEmpty();
    assertThat(Files.readAllBytes(log().resolve("store"))).as("no start").isEqualTo(before);
    Nodes.start(directory, orders, events).close();
  }

  @Test
  void isRefusedWhileTheNodeRunsAndTheOtherWayRound() {
    try (OpenStore store = open()) {
      assertThat(store.recovery().status().logged()).isOne();
      assertThatExceptionOfType(StartRefusedException.class)
          .isThrownBy(() -> Nodes.start(directory, orders, events).close())
          .withMessageContaining("is held by another runtime of this process");
    }
    try (Handfast handfast = Nodes.start(directory, orders, events)) {
      assertThat(handfast.recovery().status().logged()).isZero();
      assertThatExceptionOfType(StartRefusedException.class)
          .isThrownBy(this::open)
          .withMessageContaining("is held by another runtime of this process");
    }
  }

  @Test
  void makesNoStore() {
    Path empty = directory.resolve("empty");

    assertThatExceptionOfType(StartRefusedException.class)
        .isThrownBy(
            () ->
                Handfast.builder()
                    .nodeName("test-1")
                    .logStore(LogStore.file(empty))
                    .resources(orders, events)
                    .openStore())
        .withMessageContaining("there is no log store in it");
    assertThat(empty).doesNotExist();
  }
}
