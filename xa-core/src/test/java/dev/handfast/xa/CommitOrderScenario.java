package dev.handfast.xa;

import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A node with two databases and a broker, and the order in which they are called. */
abstract class CommitOrderScenario {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  final List<String> calls = new CopyOnWriteArrayList<>();
  final ScriptedRm orders = new ScriptedRm("orders").seenBy(calls);
  final ScriptedRm stock = new ScriptedRm("stock").seenBy(calls);
  final ScriptedRm events = new ScriptedRm("events").broker().seenBy(calls);
  Handfast handfast;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, stock, events);
  }

  @AfterEach
  void close() {
    behave();
    handfast.close();
  }

  void behave() {
    List.of(orders, stock, events).forEach(ScriptedRm::behave);
  }

  /** Decided, and nobody was reached. */
  void decided(String... body) {
    nobodyAnswersACommit();
    handfast.run(() -> workOn(body));
    behave();
    calls.clear();
  }

  private void nobodyAnswersACommit() {
    List.of(orders, stock, events)
        .forEach(rm -> rm.always(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY)));
  }

  /** What waits before waits afterwards. */
  void restart(ScriptedRm... resources) {
    nobodyAnswersACommit();
    handfast.close();
    behave();
    calls.clear();
    handfast = Nodes.builder(directory, resources).allowMissingResources().start();
  }

  /** Another one is there after an outage. */
  void becomesAnother(ScriptedRm rm) {
    rm.goDown();
    recover();
    rm.becomes("another").behave();
    recover();
  }

  ScriptedRm rm(String name) {
    return List.of(orders, stock, events).stream()
        .filter(rm -> rm.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The body works on these in turn: so they are enlisted, and so Narayana comes to them. */
  void workOn(String... names) {
    for (String name : names) {
      var unused = handfast.resource(rm(name)).work();
    }
  }

  RecoveryReport recover() {
    return handfast.recovery().recover(Duration.ZERO);
  }

  InDoubtTransaction inDoubt() {
    List<InDoubtTransaction> all = handfast.recovery().inDoubt(Filter.all()).transactions();
    if (all.size() != 1) {
      throw new AssertionError("in doubt are " + all);
    }
    return all.get(0);
  }

  InDoubtBranch branchOn(String resource) {
    return inDoubt().branches().stream()
        .filter(branch -> branch.resource().equals(resource))
        .findFirst()
        .orElseThrow();
  }

  /** The calls that told somebody to commit, in order. */
  List<String> commits() {
    return calls.stream().filter(call -> call.endsWith("commit")).toList();
  }
}
