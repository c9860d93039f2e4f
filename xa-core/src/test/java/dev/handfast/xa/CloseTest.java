package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedManager;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Path;
import java.time.Duration;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class CloseTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private Handfast handfast;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, events);
  }

  @AfterEach
  void close() {
    handfast.close();
  }

  private void workOnBoth() {
    handfast.resource(orders).work();
    handfast.resource(events).work();
  }

  @Test
  void beginsNothingAnyMore() {
    handfast.close();

    String closed = "The runtime is closed";
    assertThatIllegalStateException()
        .isThrownBy(() -> handfast.run(() -> {}))
        .withMessageContaining(closed);
    assertThatIllegalStateException()
        .isThrownBy(() -> handfast.transaction(TxType.REQUIRES_NEW).run(() -> {}))
        .withMessageContaining(closed);
    assertThatIllegalStateException()
        .isThrownBy(() -> handfast.transactionManager().begin())
        .withMessageContaining(closed);
    assertThatIllegalStateException()
        .isThrownBy(() -> handfast.userTransaction().begin())
        .withMessageContaining(closed);
    assertThatIllegalStateException()
        .isThrownBy(() -> handfast.closeOnShutdown(Duration.ofSeconds(1)));
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void closesEverythingOnce() {
    handfast.close();
    handfast.close();

    assertThat(orders.opened()).extracting(ScriptedManager::closed).containsExactly(1);
    assertThat(events.opened()).extracting(ScriptedManager::closed).containsExactly(1);
  }

  @Test
  void rollsBackWhatTheClosingThreadLeftOpen() throws Exception {
    handfast.transactionManager().begin();
    workOnBoth();

    handfast.close();

    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
    assertThat(handfast.transactionManager().getTransaction()).isNull();
    assertThat(log.warnings()).singleElement().asString().contains("HANDFAST001056");
    assertThat(orders.opened()).extracting(ScriptedManager::closed).containsExactly(1);
  }

  @Test
  void tellsTheBodyThatClosedItsOwnRuntime() {
    assertThatThrownBy(
            () ->
                handfast.run(
                    () -> {
                      workOnBoth();
                      handfast.close();
                    }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("was rolled back when the runtime was closed");

    assertThat(orders.rolledBack()).isEqualTo(events.rolledBack()).hasSize(1);
  }

  @Test
  void doesNothingAgainInATransactionOfTheNextRuntime() {
    Handfast first = handfast;
    first.close();
    handfast = Nodes.start(directory, orders, events);

    handfast.run(first::close);
  }

  @Test
  void waitsForARunningTransaction() throws Exception {
    try (Answer.Gate gate = new Answer.Gate()) {
      orders.then(XaStep.PREPARE, Answer.waits(gate));
      Thread body = new Thread(() -> handfast.run(this::workOnBoth));
      body.start();
      gate.awaitReached();
      Thread closer = new Thread(() -> handfast.close());
      closer.start();
      while (closer.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThat(orders.opened()).extracting(ScriptedManager::closed).containsExactly(0);

      gate.close();
      body.join();
      closer.join();
    }
    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
    assertThat(orders.opened()).extracting(ScriptedManager::closed).containsExactly(1);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void finishesVotesFirst() {
    events.fragile().then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);

    handfast.close();

    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void finishesVotesThoughItIsInterrupted() {
    events.fragile();
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    Thread.currentThread().interrupt();

    handfast.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void triesOnceMoreForTheOthers() {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    handfast.run(this::workOnBoth);

    handfast.close();

    assertThat(events.committed()).hasSize(1);
  }

  @Test
  void closesTheOthersWhenOneFails() {
    orders.failsToClose(new IllegalStateException("first"));
    events.failsToClose(new IllegalStateException("second"));

    assertThatThrownBy(() -> handfast.close())
        .hasMessage("first")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

    assertThat(events.opened()).extracting(ScriptedManager::closed).containsExactly(1);
    Nodes.start(directory, new ScriptedRm("orders")).close();
  }

  @Test
  void registersOneShutdownHook() {
    assertThat(handfast.closeOnShutdown(Duration.ofSeconds(1))).isSameAs(handfast);
    assertThatIllegalStateException()
        .isThrownBy(() -> handfast.closeOnShutdown(Duration.ofSeconds(1)));
  }
}
