package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.recovery.ResourceStatus;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import java.time.Duration;
import java.util.List;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the status counts as in doubt. */
final class StatusTest extends NodeScenario {

  private List<Integer> inDoubt() {
    return handfast.recovery().status().resources().stream().map(ResourceStatus::inDoubt).toList();
  }

  private void pass() {
    handfast.recovery().recover(Duration.ZERO);
  }

  /** Its other branch is held up in its vote, or has voted and is held up in its commit. */
  @ParameterizedTest
  @EnumSource(names = {"PREPARE", "COMMIT"})
  void countsNothingOfATransactionThatIsBetweenVoteAndCommit(XaStep step) throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      events.then(step, Answer.waits(gate));
      orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
      Thread thread = new Thread(() -> handfast.run(this::workOnBoth));
      thread.start();
      gate.awaitReached();

      pass();

      assertThat(orders.inDoubt()).as("listed").hasSize(1);
      assertThat(inDoubt()).containsExactly(0, 0);
      assertThat(handfast.recovery().status().inDoubt()).isZero();
      gate.close();
      thread.join();
    }
  }

  @Test
  void waitsAsLongAsItIsToldHoweverLongThatIs() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);

    assertThat(handfast.recovery().recover(longest).isComplete()).isTrue();
    assertThat(handfast.recovery().recover(longest.negated()).isComplete()).isTrue();
    assertThat(handfast.drain(longest).recovery().isComplete()).isTrue();
  }

  @Test
  void countsWhatWaitsWhenTheTransactionIsOver() {
    orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);

    pass();

    assertThat(inDoubt()).containsExactly(1, 0);
    assertThat(handfast.recovery().status().inDoubt()).isEqualTo(1);
  }
}
