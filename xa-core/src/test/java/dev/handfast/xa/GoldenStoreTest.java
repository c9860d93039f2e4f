package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.internal.log.slot.SlotFiles;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.XaStep;
import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that earlier releases have written are recovered (docs/compatibility.md). */
final class GoldenStoreTest {

  private static final List<String> FORMAT_1 = List.of("store", "starts", "resources", "slots");
  private static final List<String> FORMAT_2 = List.of("store", "store.twin", "slots");

  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");

  /** Folders 1 and 2 are of format 1, of which 2 has the file {@code resources} in its format 2. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void recovers(int folder) throws IOException {
    Path log = Files.createDirectory(directory.resolve("log"));
    for (String file : folder < 3 ? FORMAT_1 : FORMAT_2) {
      try (InputStream golden =
          new GZIPInputStream(
              Objects.requireNonNull(
                  getClass().getResourceAsStream("/golden/" + folder + "/" + file + ".gz")))) {
        Files.copy(golden, log.resolve(file));
      }
    }
    List<Xid> decided = SlotFiles.branches(log, false);
    List<Xid> heuristic = SlotFiles.branches(log, true);
    assertThat(decided).hasSize(2);
    assertThat(heuristic).hasSize(1);
    orders.leavePrepared(decided.get(0));
    events.leavePrepared(decided.get(1));
    events.leavePrepared(heuristic.get(0));
    events.decideAlone(heuristic.get(0), XAException.XA_HEURRB);

    try (Handfast handfast = Nodes.start(directory, orders, events)) {
      assertThat(handfast.recovery().status().startup().committed()).isEqualTo(2);
      List<InDoubtTransaction> left = handfast.recovery().inDoubt(Filter.all()).transactions();
      assertThat(left).hasSize(1);
      assertThat(left.get(0).gtrid()).isEqualTo(XidKey.of(heuristic.get(0)).gtrid());
      assertThat(left.get(0).branches())
          .extracting(InDoubtBranch::state)
          .contains(InDoubtBranch.State.HEURISTIC_ROLLBACK);
    }

    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
    try (Stream<Path> files = Files.list(log)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("nothing of the format before is left")
          .contains("store", "store.twin", "slots")
          .doesNotContain("starts", "resources", "distrusted");
    }
  }

  /** Writes the golden store of the present format into a folder of the test resources. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("golden");
    ScriptedRm orders = new ScriptedRm("orders");
    ScriptedRm events = new ScriptedRm("events");
    try (Handfast handfast = Nodes.start(directory, orders, events)) {
      events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
      try {
        work(handfast, orders, events);
      } catch (HeuristicOutcomeException e) {
        orders.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
        events.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY));
        work(handfast, orders, events);
      }
    }
    Path target = Files.createDirectories(Path.of(arguments[0]));
    for (String file : FORMAT_2) {
      try (OutputStream golden =
          new GZIPOutputStream(Files.newOutputStream(target.resolve(file + ".gz")))) {
        Files.copy(directory.resolve("log").resolve(file), golden);
      }
    }
    try (Stream<Path> files = Files.list(target)) {
      files.forEach(System.out::println);
    }
  }

  private static void work(Handfast handfast, ScriptedRm orders, ScriptedRm events) {
    handfast.run(
        () -> {
          handfast.resource(orders).work();
          handfast.resource(events).work();
        });
  }
}
