package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.recovery.Status;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.scripted.Xids;
import java.time.Duration;
import java.util.List;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lasts is said once, by Narayana as well. */
final class NoiseTest extends NodeScenario {

  private void pass() {
    handfast.recovery().recover(Duration.ZERO);
  }

  private void assertSilentFromNowOn() {
    log.clear();
    for (int i = 0; i < 5; i++) {
      pass();
    }
    assertThat(log.all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {XAException.XA_RETRY, XAException.XAER_RMERR, XAException.XAER_PROTO})
  void aCommitThatIsNeverConfirmed(int code) {
    events.always(XaStep.COMMIT, Answer.fails(code));
    handfast.run(this::workOnBoth);
    pass();
    assertSilentFromNowOn();
  }

  @Test
  void aResourceManagerThatIsAway() {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.goDown();
    pass();
    assertThat(log.warnings()).filteredOn(line -> line.contains("HANDFAST001033")).hasSize(1);
    assertSilentFromNowOn();
  }

  @Test
  void aRollbackThatIsNeverConfirmed() {
    Status status = handfast.recovery().status();
    orders.leavePrepared(Xids.of(status.node() + "~" + status.storeId(), status.startId()));
    orders.always(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMERR));
    pass();
    assertThat(log.warnings()).filteredOn(line -> line.contains("HANDFAST001031")).hasSize(1);
    assertSilentFromNowOn();
  }

  @ParameterizedTest
  @ValueSource(ints = {XAException.XA_HEURRB, XAException.XA_HEURMIX, XAException.XA_HEURHAZ})
  void aBranchThatWasEndedAlone(int code) {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.behave();
    events.decideAlone(events.inDoubt().get(0), code);
    pass();
    assertThat(log.warnings()).filteredOn(line -> line.contains("HANDFAST001032")).hasSize(1);
    assertSilentFromNowOn();
  }

  @Test
  void quarantinedBranches() {
    orders.leavePrepared(Xids.of("test-1~zzzzzz", 1));
    pass();
    assertThat(log.warnings()).filteredOn(line -> line.contains("HANDFAST001038")).hasSize(1);
    assertSilentFromNowOn();
  }

  @Test
  void saysHowLongItWasAwayAndWhatWasResolved() {
    events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    handfast.run(this::workOnBoth);
    events.goDown();
    pass();
    log.clear();
    events.behave();
    events.then(XaStep.COMMIT, Answer.ok(), Answer.fails(XAException.XA_RETRY));

    pass();

    List<String> back = log.all().stream().filter(line -> line.contains("HANDFAST001035")).toList();
    assertThat(back).singleElement().asString().contains("'events'", "back after PT", "2 branches");
  }
}
