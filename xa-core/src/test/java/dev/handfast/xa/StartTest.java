package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.LiveThreads;
import dev.handfast.xa.scripted.ScriptedManager;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.spi.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What stops a start, and that a stopped one leaves nothing behind. */
final class StartTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");

  /** Whatever stopped a start, the next one on the same directory works, and no thread is left. */
  @AfterEach
  void startsWhenTheCauseIsGone() {
    ScriptedRm fresh = new ScriptedRm("orders");
    try (Handfast handfast = Nodes.start(directory, fresh)) {
      handfast.run(() -> handfast.resource(fresh).work());
    }
    assertThat(fresh.committed()).hasSize(1);
  }

  private void start() {
    Nodes.start(directory, orders, events).close();
  }

  private <T extends Throwable> T refusal(Class<T> type) {
    return catchThrowableOfType(type, this::start);
  }

  private void assertAllClosed(ScriptedRm... resources) {
    for (ScriptedRm resource : resources) {
      assertThat(resource.opened()).extracting(ScriptedManager::closed).containsOnly(1);
    }
  }

  @Test
  void needsANodeName() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Handfast.builder().logStore(LogStore.inMemory()).start())
        .withMessageContaining("handfast.node-name")
        .withMessageContaining("To solve this");
  }

  @Test
  void needsALogStore() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Handfast.builder().nodeName("test-1").start())
        .withMessageContaining("handfast.log-store.directory")
        .withMessageContaining("To solve this");
  }

  @Test
  void needsANameForEachResource() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Nodes.start(directory, orders, new ScriptedRm("orders")))
        .withMessageContaining("'orders'")
        .withMessageContaining("To solve this");
    assertThat(orders.opened()).isEmpty();
  }

  @Test
  void tellsNoSecretOfWhatAnAdapterThrew() {
    var thrown = new IllegalArgumentException("bad tcp://u:geheim@h", new IOException("e"));
    thrown.addSuppressed(new IOException("jdbc:x?pasword=geheim"));
    orders.failsToOpen(thrown);

    StartRefusedException refusal = refusal(StartRefusedException.class);

    assertThat(refusal).hasMessage("bad tcp://u:***@h");
    assertThat(refusal.getStackTrace()).isEqualTo(thrown.getStackTrace());
    assertThat(org.assertj.core.util.Throwables.getStackTrace(refusal))
        .doesNotContain("geheim")
        .contains("Caused by: java.lang.IllegalArgumentException: bad tcp://u:***@h")
        .contains("Suppressed: java.io.IOException: jdbc:x?pasword=***");
  }

  @Test
  void logsWhatAResourceManagerSaysInOneLine() {
    orders.findings(Finding.warning("odd\nHANDFAST001046 forged", "r\u202Eisk", "mend\u001b[2J"));

    start();

    assertThat(log.warnings())
        .filteredOn(line -> line.contains("HANDFAST001005"))
        .singleElement()
        .asString()
        .contains("odd\\nHANDFAST001046 forged", "r\\u202Eisk", "mend\\u001B[2J");
  }

  @Test
  void isTheOnlyOneOfItsClassLoader() {
    try (Handfast first = Nodes.start(directory, orders)) {
      StartRefusedException refusal =
          catchThrowableOfType(
              StartRefusedException.class,
              () -> Nodes.start(directory.resolve("second"), events).close());

      assertThat(refusal)
          .hasMessageContaining("class loader")
          .hasMessageContaining("To solve this");
      assertThat(events.opened()).isEmpty();
      first.run(() -> first.resource(orders).work());
      assertThat(first.recovery().recover(Duration.ZERO).unresolved()).isZero();
    }
    assertThat(orders.committed()).hasSize(1);
    Nodes.start(directory.resolve("second"), events).close();
  }

  @Test
  void isTheOnlyOneOfItsDirectory() {
    try (Handfast first = Nodes.start(directory, orders)) {
      assertThat(refusal(StartRefusedException.class))
          .hasMessageContaining("another runtime of this process")
          .hasMessageContaining(directory.resolve("log").toString());
      first.run(() -> first.resource(orders).work());
    }
  }

  @Test
  void needsTheResourcesThatAreRequired() {
    events.goDown();
    LiveThreads before = LiveThreads.now();

    assertThat(refusal(StartRefusedException.class))
        .hasMessageContaining("'events' (scripted:events)")
        .hasMessageContaining("nobody is there")
        .hasMessageContaining("required-at-start=false")
        .hasNoSuppressedExceptions();
    assertAllClosed(orders, events);
    await().pollInSameThread().untilAsserted(() -> assertThat(before.added()).isEmpty());
  }

  @Test
  void doesWithoutTheResourcesThatAreNot() {
    events.optionalAtStart().goDown();

    try (Handfast handfast = Nodes.start(directory, orders, events)) {
      handfast.run(() -> handfast.resource(orders).work());
      assertThat(log.warnings())
          .anySatisfy(line -> assertThat(line).contains("HANDFAST001004", "'events'"));
    }
    assertAllClosed(orders, events);
  }

  @Test
  void waitsForNoCheckThatHangs() {
    try (Answer.Gate gate = new Answer.Gate()) {
      events.checksWait(gate);

      StartRefusedException refusal =
          catchThrowableOfType(
              StartRefusedException.class,
              () ->
                  Nodes.builder(directory, orders, events)
                      .recoveryCallTimeout(Duration.ofMillis(50))
                      .start()
                      .close());

      assertThat(refusal)
          .hasMessageContaining("'events'")
          .hasMessageContaining("did not answer within");
    }
  }

  /** The checks end in the reverse of the order in which they are told. */
  @Test
  void checksAllAtOnceAndTellsThemInTurn() throws Exception {
    List<ScriptedRm> all = List.of(orders, events, new ScriptedRm("mails"));
    List<Answer.Gate> gates = new ArrayList<>();
    for (ScriptedRm rm : all) {
      Answer.Gate gate = new Answer.Gate();
      gates.add(gate);
      rm.checksWait(gate).findings(Finding.warning("slow " + rm.name(), "slow", "wait"));
    }
    CompletableFuture<Handfast> start =
        CompletableFuture.supplyAsync(() -> Nodes.start(directory, all.toArray(ScriptedRm[]::new)));
    try {
      for (Answer.Gate gate : gates) {
        gate.awaitReached();
      }
    } finally {
      for (int i = gates.size() - 1; i >= 0; i--) {
        gates.get(i).close();
      }
    }
    start.get().close();

    assertThat(log.warnings())
        .filteredOn(line -> line.contains("HANDFAST001005"))
        .extracting(line -> line.replaceAll(".*'(.*)': slow.*", "$1"))
        .containsExactly("orders", "events", "mails");
  }

  @Test
  void refusesTheFirstInOrderWhicheverIsFoundFirst() throws Exception {
    Answer.Gate gate = new Answer.Gate();
    orders.checksWait(gate).findings(Finding.error("no grant", "lost", "run GRANT x"));
    events.goDown();
    CompletableFuture<Throwable> start =
        CompletableFuture.supplyAsync(() -> refusal(ConfigurationException.class));
    gate.awaitReached();
    await().until(() -> events.checks() == 1);
    gate.close();

    assertThat(start.get()).hasMessageContaining("'orders'");
    assertAllClosed(orders, events);
  }

  @Test
  void refusesWhatAnErrorForbids() {
    events.findings(
        Finding.error("no grant", "branches are lost", "run GRANT x"),
        Finding.warning("slow disk", "it is slow", "buy another"));

    assertThat(refusal(ConfigurationException.class))
        .hasMessageContaining("'events'")
        .hasMessageContaining("no grant: branches are lost. To solve this, run GRANT x.")
        .hasMessageNotContaining("slow disk");
    assertThat(log.warnings())
        .anySatisfy(line -> assertThat(line).contains("HANDFAST001005", "'events'", "slow disk"));
    assertAllClosed(orders, events);
  }

  @Test
  void closesWhatItOpenedWhenAnotherCannotOpen() {
    IllegalArgumentException problem = new IllegalArgumentException("bad url");
    events.failsToOpen(problem);

    assertThat(refusal(IllegalArgumentException.class)).isSameAs(problem);
    assertAllClosed(orders);
  }

  @Test
  void tellsAlsoWhatFailedToClose() {
    events.goDown();
    orders.failsToClose(new IllegalStateException("stuck"));

    assertThat(refusal(StartRefusedException.class).getCause()).isNotNull();
    assertAllClosed(orders, events);
  }

  @Test
  void refusesADirectoryThatIsNone() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    StartRefusedException refusal =
        catchThrowableOfType(StartRefusedException.class, () -> Nodes.start(file).close());

    assertThat(refusal)
        .hasMessageContaining("handfast.log-store.directory")
        .hasMessageContaining(file.toString());
  }

  @Test
  void saysThatALogInMemoryIsForTests() {
    Handfast.builder().nodeName("test-1").logStore(LogStore.inMemory()).start().close();

    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("HANDFAST001001", "nothing can be recovered");
  }

  @Test
  void warnsOfAResourceThatIsNotAskedAnyMore() {
    ScriptedRm gone = new ScriptedRm("gone");
    Nodes.start(directory, gone, new ScriptedRm("stays")).close();
    log.clear();

    Nodes.start(directory, new ScriptedRm("stays")).close();

    assertThat(log.warnings()).singleElement().asString().contains("HANDFAST001006", "[gone]");
  }
}
