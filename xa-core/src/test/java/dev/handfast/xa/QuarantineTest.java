package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.InDoubtTransaction.State;
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
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A log that is lost, copied or damaged: nothing is guessed, and an operator gets everything out.
 */
final class QuarantineTest extends NodeScenario {

  private static final String WHY = "checked both sides, ticket 4711";

  private Path store() {
    return directory.resolve("log");
  }

  private Xid orphan() {
    Status status = handfast.recovery().status();
    return Xids.of(status.node() + "~" + status.storeId(), status.startId());
  }

  private List<InDoubtTransaction> inDoubt() {
    return handfast.recovery().inDoubt(Filter.all()).transactions();
  }

  private void assertQuarantined(ScriptedRm rm, Xid xid) {
    handfast.recovery().recover(Duration.ZERO);
    assertThat(rm.inDoubt()).extracting(XidKey::of).containsExactly(XidKey.of(xid));
    assertThat(rm.calls()).doesNotContain("r:commit", "r:rollback");
    assertThat(inDoubt())
        .extracting(
            InDoubtTransaction::gtrid, InDoubtTransaction::state, InDoubtTransaction::decision)
        .containsExactly(tuple(XidKey.of(xid).gtrid(), State.QUARANTINED, Decision.UNKNOWN));
    assertThat(inDoubt().get(0).actions()).containsExactly(Action.COMMIT, Action.ROLLBACK);
    assertThat(handfast.recovery().status().attention()).isNotEmpty();
  }

  private void assertNewWorkGoesOn() {
    int before = orders.committed().size();
    handfast.run(this::workOnBoth);
    assertThat(orders.committed()).hasSize(before + 1);
  }

  private void assertDecidedByOrder(ScriptedRm rm, Xid xid) throws IOException {
    ActionReport report = handfast.recovery().commit(Selection.of(XidKey.of(xid).gtrid()), WHY);

    assertThat(report.isComplete()).isTrue();
    assertThat(rm.committed()).contains(XidKey.of(xid).gtrid());
    assertThat(rm.inDoubt()).isEmpty();
    assertThat(Files.readString(store().resolve("audit.log"))).contains(WHY, "\"COMMITTED\"");
  }

  @Test
  void aLostDirectory() throws IOException {
    Xid xid = orphan();
    handfast.close();
    orders.leavePrepared(xid);
    delete(store());

    start();

    assertQuarantined(orders, xid);
    assertThat(inDoubt().toString()).contains("another log store's id");
    assertNewWorkGoesOn();
    assertDecidedByOrder(orders, xid);
    assertThat(inDoubt()).isEmpty();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** F7: events is away while the order is given, and follows it when it is back. */
  @ParameterizedTest
  @EnumSource(
      value = Action.class,
      names = {"COMMIT", "ROLLBACK"})
  void anOrderReachesWhatCouldNotBeAsked(Action action) throws IOException {
    Xid first = orphan();
    Xid second = Xids.of(Xids.FORMAT, first.getGlobalTransactionId(), new byte[] {7, 7});
    handfast.close();
    orders.leavePrepared(first);
    events.leavePrepared(second);
    restoreFromCopy();
    events.optionalAtStart();
    events.always(XaStep.RECOVER, Answer.fails(XAException.XAER_RMFAIL));
    start();
    Selection selection = Selection.of(XidKey.of(first).gtrid());

    ActionReport report =
        action == Action.COMMIT
            ? handfast.recovery().commit(selection, WHY)
            : handfast.recovery().rollback(selection, WHY);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.toString()).contains("events");
    assertThat(ended(orders, action)).hasSize(1);
    assertThat(handfast.recovery().status().logged()).as("before it acts").isOne();
    handfast.close();
    start();
    events.behave();
    handfast.recovery().recover(Duration.ZERO);
    handfast.recovery().recover(Duration.ZERO);

    assertThat(ended(events, action)).isEqualTo(ended(orders, action));
    assertThat(events.inDoubt()).isEmpty();
    assertThat(handfast.recovery().status().logged()).isZero();
    assertThat(handfast.recovery().acceptStore(WHY).isComplete()).isTrue();
    assertThat(ended(events, action)).hasSize(1);
  }

  private static List<String> ended(ScriptedRm rm, Action action) {
    return action == Action.COMMIT ? rm.committed() : rm.rolledBack();
  }

  @Test
  void aLostFile() throws IOException {
    Xid xid = orphan();
    handfast.close();
    orders.leavePrepared(xid);
    Files.delete(store().resolve("slots"));

    start();

    assertQuarantined(orders, xid);
    assertNewWorkGoesOn();
    assertDecidedByOrder(orders, xid);
  }

  @Test
  void aCopiedDirectoryUntilAnOperatorAcceptsIt() throws IOException {
    Xid xid = orphan();
    handfast.close();
    orders.leavePrepared(xid);
    restoreFromCopy();
    start();
    assertQuarantined(orders, xid);
    handfast.close();
    start();
    assertQuarantined(orders, xid);

    ActionReport report = handfast.recovery().acceptStore(WHY);

    assertThat(report.isComplete()).isTrue();
    assertThat(orders.rolledBack()).containsExactly(XidKey.of(xid).gtrid());
    assertThat(inDoubt()).isEmpty();
    assertThat(Files.readString(store().resolve("audit.log"))).contains("store accept", WHY);
    assertThat(handfast.recovery().status().attention()).isEmpty();
    handfast.close();
    start();
    assertThat(handfast.recovery().status().attention()).isEmpty();
  }

  private void restoreFromCopy() throws IOException {
    Path copy = directory.resolve("copy");
    Files.createDirectory(copy);
    try (Stream<Path> files = Files.list(store())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    delete(store());
    Files.move(copy, store());
  }

  /** Every copy of the one record in the log, by a flipped bit. */
  private void damageTheRecord() throws IOException {
    Path file = store().resolve("slots");
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int copies = 0;
    for (int at = text.indexOf("events"); at >= 0; at = text.indexOf("events", at + 1)) {
      bytes[at] ^= 1;
      copies++;
    }
    assertThat(copies).isPositive();
    Files.write(file, bytes);
  }

  @Test
  void aDamagedRecord() throws IOException {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    Xid xid = events.inDoubt().get(0);
    handfast.close();
    damageTheRecord();
    events.behave();
    events.clearCalls();

    start();

    assertQuarantined(events, xid);
    assertThat(inDoubt().toString()).contains("cannot be read");
    assertNewWorkGoesOn();
    assertDecidedByOrder(events, xid);
    assertThat(inDoubt()).as("its record is kept").hasSize(1);
    assertThat(inDoubt().get(0).actions()).containsExactly(Action.FORGET);

    ActionReport report = handfast.recovery().forget(Selection.of(XidKey.of(xid).gtrid()), WHY);

    assertThat(report.isComplete()).isTrue();
    assertThat(inDoubt()).isEmpty();
    handfast.close();
    start();
    assertThat(inDoubt()).isEmpty();
    assertThat(handfast.recovery().status().attention()).isEmpty();
  }

  @Test
  void aDamagedRecordIsNotGivenUpWhileAnythingOfItIsInDoubtOrCannotBeAsked() throws IOException {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    Selection selection = Selection.of(XidKey.of(events.inDoubt().get(0)).gtrid());
    handfast.close();
    damageTheRecord();
    events.behave();
    start();

    assertThat(handfast.recovery().forget(selection, WHY).isRefused()).as("prepared").isTrue();
    assertThat(handfast.recovery().rollback(selection, WHY).isComplete()).isTrue();
    orders.goDown();
    ActionReport away = handfast.recovery().forget(selection, WHY);
    assertThat(away.isComplete()).isFalse();
    assertThat(away.transactions().get(0).reason()).contains("could be asked");
    assertThat(inDoubt()).hasSize(1);

    assertThat(handfast.recovery().forget(selection.withForce(), WHY).isComplete()).isTrue();
    assertThat(inDoubt()).isEmpty();
  }

  /** Nobody can tell whether it names the resource, since it cannot be read. */
  @Test
  void aDamagedRecordIsNotGivenUpWhileAResourceIsNotConfigured() throws IOException {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    Selection selection = Selection.of(XidKey.of(events.inDoubt().get(0)).gtrid());
    handfast.close();
    damageTheRecord();
    events.behave();
    handfast = Nodes.start(directory, orders);

    ActionReport report = handfast.recovery().forget(selection, WHY);

    assertThat(report.isComplete()).isFalse();
    assertThat(report.transactions().get(0).reason()).contains("could be asked");
    handfast.close();
    start();
    assertThat(inDoubt()).extracting(InDoubtTransaction::state).containsExactly(State.QUARANTINED);
    assertThat(events.rolledBack()).isEmpty();
    assertThat(handfast.recovery().commit(selection, WHY).isComplete()).isTrue();
    assertThat(handfast.recovery().forget(selection, WHY).isComplete()).isTrue();
  }
}
