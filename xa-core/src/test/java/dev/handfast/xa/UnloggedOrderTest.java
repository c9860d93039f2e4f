package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.recovery.ActionReport;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.recovery.TransactionResult;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.simulated.MemoryDisk;
import dev.handfast.xa.simulated.Trouble;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order that the log does not take is not carried out, and says so. */
final class UnloggedOrderTest {

  @RegisterExtension final Warnings warnings = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm stock = new ScriptedRm("stock");
  private final MemoryDisk disk = new MemoryDisk();

  @ParameterizedTest
  @CsvSource({
    "write, 2, 'It was not logged, and nothing has changed'",
    "force, 2, 'It was not logged, and nothing has changed'",
    "force, 9, 'Whether it is logged shows after the next start'"
  })
  void saysWhetherItIsLogged(String operation, int last, String told) {
    try (Handfast handfast = OnDisk.start(Nodes.builder(directory, orders, stock), disk)) {
      stock.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
      handfast.run(
          () -> {
            handfast.resource(orders).work();
            handfast.resource(stock).work();
          });
      String gtrid = handfast.recovery().inDoubt(Filter.all()).transactions().get(0).gtrid();
      disk.trouble(fromTheSecondOn(operation, last));

      ActionReport report = handfast.recovery().rollback(Selection.of(gtrid).withForce(), "a test");

      TransactionResult result = report.transactions().get(0);
      assertThat(result.outcome()).isEqualTo(TransactionResult.Outcome.INCOMPLETE);
      assertThat(result.reason()).startsWith(told);
      assertThat(stock.rolledBack()).isEmpty();
    }
  }

  /** The first one is the audit log's. */
  private static Trouble fromTheSecondOn(String operation, int last) {
    AtomicInteger count = new AtomicInteger();
    return (number, called) ->
        called.equals(operation) && count.incrementAndGet() > 1 && count.get() <= last
            ? Trouble.Effect.FAILS_BEFORE
            : Trouble.Effect.WORKS;
  }
}
