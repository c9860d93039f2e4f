package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.slot.SlotFiles;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.Transactional.TxType;
import java.nio.file.Path;
import javax.transaction.xa.XAException;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log of the application carries while a thread is in a transaction. */
final class LabelTest {

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
    assertNone();
  }

  private static void assertNone() {
    assertThat(MDC.get("handfast.gtrid")).isNull();
    assertThat(MDC.get("handfast.label")).isNull();
  }

  private void assertCurrent(Object label) {
    assertThat(MDC.get("handfast.gtrid"))
        .isEqualTo(String.valueOf(handfast.synchronizationRegistry().getTransactionKey()));
    assertThat(MDC.get("handfast.label")).isEqualTo(label);
  }

  private Transacted labelled(String label) {
    return handfast.transaction(TxType.REQUIRES_NEW).label(label);
  }

  @Test
  void whatIsLoggedCarriesTheTransactionAndItsLabel() {
    labelled("order 4711")
        .run(
            () -> {
              assertCurrent("order 4711");
              labelled("audit").run(() -> assertCurrent("audit"));
              assertCurrent("order 4711");
              handfast.transaction(TxType.NOT_SUPPORTED).run(LabelTest::assertNone);
              handfast
                  .transaction(TxType.REQUIRED)
                  .label("x")
                  .run(() -> assertCurrent("order 4711"));
              handfast.transaction(TxType.REQUIRES_NEW).run(() -> assertCurrent(null));
            });
    assertNone();
  }

  @Test
  void theRecordOfADecisionCarriesIt() {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
    labelled("order 4711")
        .run(
            () -> {
              handfast.resource(orders).work();
              handfast.resource(events).work();
            });

    assertThat(SlotFiles.decisions(directory.resolve("log")))
        .extracting(DecisionRecord::label)
        .containsOnly("order 4711");
  }

  @Test
  void theJakartaInterfacesCarryItToo() throws Exception {
    handfast.userTransaction().begin();
    assertCurrent(null);
    handfast.userTransaction().commit();
    assertNone();
  }

  @Test
  void aLabelHas64BytesAtMost() {
    labelled("ö".repeat(32)).run(() -> assertCurrent("ö".repeat(32)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labelled("ö".repeat(33)))
        .withMessageContaining("64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\nb", "\u001b[31mred"})
  void refusesALabelThatNobodyCouldRead(String label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> labelled(label))
        .withMessageNotContaining("\n")
        .withMessageNotContaining("\u001b");
  }
}
