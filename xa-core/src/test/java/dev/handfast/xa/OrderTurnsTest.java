package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.config.RecoverySettings;
import dev.handfast.xa.config.Settings;
import dev.handfast.xa.internal.jakarta.DeclaredMethods;
import dev.handfast.xa.internal.log.Tenure;
import dev.handfast.xa.internal.order.AuditTrail;
import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.internal.runtime.RuntimeParts;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.recovery.TransactionResult.Outcome;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What recovery, another order or the close does while an order waits for its audit log. */
final class OrderTurnsTest {

  private static final String WHY = "ticket 4711";

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private RuntimeParts parts;

  @BeforeEach
  void start() {
    Settings settings =
        new Settings(
            new NodeName(Nodes.NAME),
            Settings.DEFAULT_TIMEOUT,
            new LogStoreSettings.File(directory.resolve("log"), Duration.ZERO, true),
            RecoverySettings.defaults());
    Tenure tenure = Tenure.open(settings.logStore(), settings.nodeName(), Platform.system());
    parts = RuntimeParts.open(settings, tenure, Platform.system());
    parts.open(List.of(orders, events), TransactedRunner.apart(parts.coordinator()));
    parts.passes().untilSettled();
  }

  @AfterEach
  void close() {
    parts.close();
  }

  /** An audit log in the midst of which something happens. */
  private static class Trail implements AuditTrail {

    @Override
    public void ordered(
        Action action,
        String subject,
        boolean force,
        String reason,
        List<InDoubtTransaction> evidence) {}

    @Override
    public void done(Action action, TransactionResult result) throws IOException {}

    @Override
    public void force() throws IOException {}
  }

  private static Trail meanwhile(Runnable event) {
    return new Trail() {
      @Override
      public void ordered(
          Action action,
          String subject,
          boolean force,
          String reason,
          List<InDoubtTransaction> evidence) {
        event.run();
      }
    };
  }

  /** On another thread, which waits for whatever this one holds. */
  private static void elsewhere(Runnable event) {
    try {
      CompletableFuture.runAsync(event).get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("it waits for the audit log", e);
    }
  }

  private ActionReport order(Action action, Selection selection, AuditTrail audit) {
    return parts.orders().carryOut(action, selection, WHY, audit);
  }

  private Xid quarantined() {
    Xid first = Xids.of("test-1~zzzzzz", 1);
    orders.leavePrepared(first);
    events.leavePrepared(Xids.of(Xids.FORMAT, first.getGlobalTransactionId(), new byte[] {1}));
    return first;
  }

  /** One that is decided, and a branch of it waits for recovery. */
  private Selection decided() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    new TransactedRunner(parts.coordinator(), TxType.REQUIRED, new DeclaredMethods(Map.of()))
        .run(
            () ->
                parts
                    .resources()
                    .forEach(open -> ((ScriptedHandle) open.manager().handle()).work()));
    return only(events.inDoubt().get(0));
  }

  private static Selection only(Xid xid) {
    return Selection.of(XidKey.of(xid).gtrid());
  }

  private static void assertLeft(ActionReport report, String why) {
    assertThat(report.isComplete()).isFalse();
    assertThat(report.transactions())
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.outcome()).isEqualTo(Outcome.INCOMPLETE);
              assertThat(result.reason()).contains(why);
              assertThat(result.branches()).isEmpty();
            });
  }

  @Test
  void recoveryGoesOn() {
    Xid xid = quarantined();

    ActionReport report =
        order(Action.COMMIT, only(xid), meanwhile(() -> elsewhere(parts.passes()::untilSettled)));

    assertThat(report.isComplete()).isTrue();
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
  }

  @Test
  void whatRecoveryHasFinishedIsLeft() throws Exception {
    Selection selection = decided();

    ActionReport report =
        order(
            Action.ROLLBACK,
            selection.withForce(),
            meanwhile(() -> elsewhere(parts.passes()::untilSettled)));

    assertLeft(report, "not any more what it was");
    assertThat(events.committed()).hasSize(1);
    assertThat(events.calls()).doesNotContain("r:rollback");
    assertThat(parts.decisions().pending()).isEmpty();
  }

  @Test
  void whatAnotherOrderHasFinishedIsLeft() {
    Selection selection = only(quarantined());

    ActionReport report =
        order(
            Action.COMMIT,
            selection,
            meanwhile(() -> elsewhere(() -> order(Action.ROLLBACK, selection, new Trail()))));

    assertLeft(report, "not any more what it was");
    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
    assertThat(orders.calls()).doesNotContain("r:commit");
  }

  @Test
  void whatTheCloseHasOvertakenIsLeft() {
    Xid xid = quarantined();

    ActionReport report =
        order(Action.COMMIT, only(xid), meanwhile(() -> elsewhere(parts.passes()::close)));

    assertLeft(report, "The runtime is closed");
    assertThat(orders.calls()).doesNotContain("r:commit");
    assertThat(orders.inDoubt()).hasSize(1);
  }

  @Test
  void aResultThatCannotBeRecordedIsToldAndNothingFollows() {
    quarantined();
    quarantined();

    ActionReport report =
        order(
            Action.COMMIT,
            Selection.matching(Filter.all(), 2),
            new Trail() {
              @Override
              public void done(Action action, TransactionResult result) throws IOException {
                throw new IOException("the disk is full");
              }
            });

    assertThat(report.transactions())
        .extracting(TransactionResult::outcome)
        .containsExactly(Outcome.DONE, Outcome.INCOMPLETE);
    assertThat(report.transactions().get(0).reason())
        .contains("The audit log does not tell this result: the disk is full");
    assertThat(report.transactions().get(0).branches()).hasSize(2);
    assertThat(orders.committed()).hasSize(1);
    assertThat(log.warnings()).anyMatch(line -> line.contains("HANDFAST001071"));
  }

  @Test
  void aResultThatIsNotForcedIsTold() {
    Xid xid = quarantined();

    ActionReport report =
        order(
            Action.COMMIT,
            only(xid),
            new Trail() {
              @Override
              public void force() throws IOException {
                throw new IOException("the disk is gone");
              }
            });

    assertThat(report.isComplete()).isTrue();
    assertThat(report.transactions().get(0).reason())
        .contains("The audit log may lose this result with power: the disk is gone");
    assertThat(log.warnings()).anyMatch(line -> line.contains("HANDFAST001072"));
  }
}
