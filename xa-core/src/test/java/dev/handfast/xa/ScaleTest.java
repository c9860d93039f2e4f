package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nothing in recovery grows faster than the number of branches; told by calls, not by time. */
final class ScaleTest {

  private static final int FEW = 200;
  private static final int MANY = 2_000;

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private Handfast handfast = null;

  @AfterEach
  void close() {
    orders.behave();
    events.behave();
    handfast.close();
  }

  /** An Xid that counts how often it is read: a list that is walked for each branch reads all. */
  private record CountedXid(Xid xid, AtomicLong reads) implements Xid {

    @Override
    public int getFormatId() {
      return xid.getFormatId();
    }

    @Override
    public byte[] getGlobalTransactionId() {
      reads.incrementAndGet();
      return xid.getGlobalTransactionId();
    }

    @Override
    public byte[] getBranchQualifier() {
      return xid.getBranchQualifier();
    }
  }

  private long readsPerOrphan(int orphans, int answer) {
    handfast = Nodes.start(directory, orders, events);
    AtomicLong reads = new AtomicLong();
    Status status = handfast.recovery().status();
    String suffix = status.node() + "~" + status.storeId();
    for (int i = 0; i < orphans; i++) {
      orders.leavePrepared(new CountedXid(Xids.of(suffix, status.startId()), reads));
    }
    orders.always(
        XaStep.ROLLBACK,
        answer == 0 ? Answer.ok() : new Answer(true, Answer.fails(answer).error(), null));
    reads.set(0);

    handfast.recovery().recover(Duration.ZERO);

    assertThat(orders.inDoubt()).isEmpty();
    handfast.close();
    return reads.get() / orphans;
  }

  @Test
  void readsEachOrphanAFewTimesHoweverManyThereAre() {
    long few = readsPerOrphan(FEW, 0);

    assertThat(readsPerOrphan(MANY, 0)).isBetween(1L, few + 2);
  }

  @Test
  void readsEachBranchThatIsGoneAFewTimesHoweverManyThereAre() {
    long few = readsPerOrphan(FEW, XAException.XAER_NOTA);

    assertThat(readsPerOrphan(MANY, XAException.XAER_NOTA)).isBetween(1L, few + 2);
  }

  private void decide(int transactions) {
    handfast = Nodes.start(directory, orders, events);
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    for (int i = 0; i < transactions; i++) {
      handfast.run(
          () -> {
            handfast.resource(orders).work();
            handfast.resource(events).work();
          });
    }
    events.behave();
    orders.clearCalls();
    events.clearCalls();
    log.clear();
  }

  @Test
  void asksOnceForEachDecidedBranchAndForTheListAFewTimes() {
    decide(FEW);

    RecoveryReport report = handfast.recovery().recover(Duration.ZERO);

    assertThat(report.committed()).isEqualTo(FEW);
    assertThat(report.unresolved()).isZero();
    assertThat(events.calls()).filteredOn("r:commit"::equals).hasSize(FEW);
    assertThat(events.calls()).filteredOn("r:recover"::equals).hasSizeBetween(1, 3);
    assertThat(orders.calls()).doesNotContain("r:commit");
    assertThat(handfast.recovery().status().logged()).isZero();
  }

  /** Half are finished by their resource manager: two questions each, and one probe for all. */
  @Test
  void confirmsManyWithOneProbe() {
    decide(FEW);
    events.loseAll();

    RecoveryReport report = handfast.recovery().recover(Duration.ZERO);

    assertThat(report.committed()).isEqualTo(FEW);
    assertThat(events.calls()).filteredOn("r:commit"::equals).hasSize(2 * FEW);
    assertThat(events.calls()).filteredOn("r:prepare"::equals).hasSize(1);
    assertThat(events.calls()).filteredOn("r:recover"::equals).hasSizeBetween(2, 5);
  }

  @Test
  void stopsAskingOneThatWentAwayInTheMiddle() {
    decide(FEW);
    events.then(XaStep.COMMIT, Answer.ok(), Answer.ok(), Answer.fails(XAException.XAER_RMFAIL));
    events.then(XaStep.RECOVER, Answer.ok());
    events.always(XaStep.RECOVER, Answer.fails(XAException.XAER_RMFAIL));

    RecoveryReport report = handfast.recovery().recover(Duration.ZERO);

    assertThat(report.committed()).isEqualTo(2);
    assertThat(report.unresolved()).isEqualTo(FEW - 2);
    assertThat(events.calls()).filteredOn("r:commit"::equals).hasSize(3);
    assertThat(log.warnings()).singleElement().asString().contains("HANDFAST001033");
  }

  @Test
  void looksAndOrdersInBulkWithAFewLists() {
    handfast = Nodes.start(directory, orders, events);
    for (int i = 0; i < MANY; i++) {
      orders.leavePrepared(Xids.of("test-1~zzzzzz", 1));
    }
    orders.clearCalls();

    assertThat(handfast.recovery().inDoubt(Filter.all()).transactions()).hasSize(MANY);
    assertThat(orders.calls()).hasSizeBetween(1, 2);
    assertThat(
            handfast
                .recovery()
                .rollback(Selection.matching(Filter.all(), MANY), "all of them")
                .isComplete())
        .isTrue();

    assertThat(orders.calls()).filteredOn("r:rollback"::equals).hasSize(MANY);
    assertThat(orders.calls()).filteredOn("r:recover"::equals).hasSizeLessThan(9);
  }
}
