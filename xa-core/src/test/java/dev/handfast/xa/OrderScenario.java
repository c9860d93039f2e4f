package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** What an operator sees and orders. */
abstract class OrderScenario extends NodeScenario {

  static final String WHY = "the broker's disk is gone, ticket 4711";

  void restart() {
    handfast.close();
    handfast = Nodes.start(directory, orders, events);
  }

  String suffix() {
    Status status = handfast.recovery().status();
    return status.node() + "~" + status.storeId();
  }

  static Selection only(Xid xid) {
    return Selection.of(XidKey.of(xid).gtrid());
  }

  List<InDoubtTransaction> inDoubt() {
    return handfast.recovery().inDoubt(Filter.all()).transactions();
  }

  Path auditFile() {
    return directory.resolve("log/audit.log");
  }

  List<String> audit() throws IOException {
    return Files.exists(auditFile()) ? Files.readAllLines(auditFile()) : List.of();
  }

  /** One that another log store made, with a branch on each resource manager. */
  Xid quarantined() {
    Xid first = Xids.of("test-1~zzzzzz", 1);
    orders.leavePrepared(first);
    events.leavePrepared(Xids.of(Xids.FORMAT, first.getGlobalTransactionId(), new byte[] {1}));
    return first;
  }

  /** One that the log holds the decision to commit of, and one branch of it waits. */
  Xid decided() {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    return events.inDoubt().get(0);
  }

  void assertRefused(ActionReport report, String... why) throws IOException {
    assertThat(report.isRefused()).isTrue();
    assertThat(report.refusal()).contains(why);
    assertThat(audit()).isEmpty();
    assertThat(orders.calls()).doesNotContain("r:commit", "r:rollback", "r:forget");
    assertThat(events.calls()).doesNotContain("r:commit", "r:rollback", "r:forget");
  }

  void clearCalls() {
    orders.clearCalls();
    events.clearCalls();
  }

  RecoveryReport recover() {
    return handfast.recovery().recover(Duration.ZERO);
  }
}
