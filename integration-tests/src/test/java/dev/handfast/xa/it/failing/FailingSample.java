package dev.handfast.xa.it.failing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.it.PreloadedLibrary;
import dev.handfast.xa.it.failing.FailingShop.Way;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.RecoveryReport;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.database.H2Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A process in which one file call fails, its next start, and what both leave behind. */
final class FailingSample {

  private static final int MOST_PASSES = 20;
  private static final int KILLED = 137;

  private final Path directory;
  private final Path trace;
  private final BrokerProcess broker;
  private final Set<String> quarantined = new HashSet<>();
  private final H2Database orders;
  private final H2Database stock;

  FailingSample(Path directory, BrokerProcess broker) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.trace = directory.resolve("calls");
    this.broker = broker;
    this.orders = table("orders");
    this.stock = table("stock");
  }

  private H2Database table(String name) {
    H2Database database = new H2Database(FailingShop.url(directory, name));
    database.execute("CREATE TABLE item (id INT PRIMARY KEY)");
    return database;
  }

  /** Lives until it has done everything, is killed or its start refused; empty unless it was. */
  String live(PreloadedLibrary library, FileCall failing) {
    Path log = FailingShop.log(directory);
    try (CrashJvm process =
        CrashJvm.of(FailingMain.class)
            .launcher(failing.launcher(library, log, trace))
            .arguments(directory.toString(), broker.url())
            .start(directory.resolve("process"))) {
      int exit = process.awaitExit();
      if (exit == FailingMain.DONE || (exit == KILLED && failing.killAfter() > 0)) {
        return "";
      }
      String answer = process.awaitAnswer();
      assertThat(answer).startsWith("refused").contains(log.toString(), "To solve this");
      assertThat(exit).isZero();
      return answer;
    }
  }

  /** Every call below the log's directory, in order; the one that failed says so. */
  List<String> calls() throws IOException {
    return Files.readAllLines(trace);
  }

  /** The next start, without failures: it recovers, and an operator ends what is left. */
  void recover() throws IOException {
    FailingShop shop = new FailingShop(directory, broker.url());
    try (Handfast handfast = shop.start()) {
      RecoveryReport report = handfast.recovery().recover(Duration.ZERO);
      for (int pass = 0; pass < MOST_PASSES && !report.isComplete(); pass++) {
        report = handfast.recovery().recover(Duration.ZERO);
      }
      assertThat(handfast.recovery().status().attention())
          .noneMatch(text -> text.startsWith("The log store"));
      Set<String> strangers = gtrids(shop, "strangers", 0);
      for (InDoubtTransaction left : handfast.recovery().inDoubt(Filter.all()).transactions()) {
        end(handfast, left, strangers.contains(left.gtrid()));
      }
      assertThat(handfast.recovery().inDoubt(Filter.all()).transactions()).isEmpty();
    }
  }

  private static Set<String> gtrids(FailingShop shop, String file, int word) throws IOException {
    return shop.notes(file).stream().map(words -> words[word]).collect(Collectors.toSet());
  }

  private void end(Handfast handfast, InDoubtTransaction left, boolean stranger) {
    Selection selection = Selection.of(left.gtrid()).withForce();
    if (left.state() == InDoubtTransaction.State.QUARANTINED) {
      quarantined.add(left.gtrid());
      var unused =
          stranger
              ? handfast.recovery().commit(selection, "a stranger")
              : handfast.recovery().rollback(selection, "a torn decision");
    } else {
      var unused = handfast.recovery().forget(selection, "corrected");
    }
  }

  /** What was told of each transaction against what is there; answers how many there were. */
  int audit() throws IOException {
    FailingShop shop = new FailingShop(directory, broker.url());
    Set<String> inOrders = Set.copyOf(orders.column("SELECT id FROM item"));
    Set<String> inStock = Set.copyOf(stock.column("SELECT id FROM item"));
    List<String> messages = new BrokerQueues(broker.url()).drainTexts(FailingShop.queue(directory));
    assertThat(messages).doesNotHaveDuplicates();
    assertThat(inStock).as("orders and stock").isEqualTo(inOrders);
    assertThat(Set.copyOf(messages)).as("orders and messages").isEqualTo(inOrders);
    assertThat(orders.preparedBranches()).isEmpty();
    assertThat(stock.preparedBranches()).isEmpty();
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
    assertThat(shop.paperTrail.inDoubt()).isEmpty();
    assertThat(shop.copyTrail.inDoubt()).isEmpty();

    Map<String, String> told =
        shop.notes("told").stream().collect(Collectors.toMap(words -> words[0], words -> words[1]));
    Set<String> withGtrid = gtrids(shop, "worked", 0);
    for (String[] worked : shop.notes("worked")) {
      audit(shop, worked, told.getOrDefault(worked[0], "NOTHING"), inOrders.contains(worked[0]));
    }
    told.keySet().removeAll(withGtrid);
    assertThat(told.values()).allMatch("ROLLED_BACK"::equals);
    for (String gtrid : gtrids(shop, "strangers", 0)) {
      assertThat(shop.paperTrail.has(PaperTrail.State.COMMITTED, gtrid)).isTrue();
      assertThat(shop.copyTrail.has(PaperTrail.State.COMMITTED, gtrid)).isTrue();
    }
    return withGtrid.size();
  }

  private void audit(FailingShop shop, String[] worked, String told, boolean there) {
    Way way = Way.valueOf(worked[2]);
    boolean onPaper = shop.paperTrail.has(PaperTrail.State.COMMITTED, worked[1]);
    boolean onCopy = shop.copyTrail.has(PaperTrail.State.COMMITTED, worked[1]);
    String what = String.join(" ", worked) + " was told " + told;
    boolean done = way == Way.PAPERS ? onCopy : there;
    if (way != Way.TURNED) {
      assertThat(onPaper).as(what + ": the paper").isEqualTo(done);
    }
    switch (told) {
      case "COMMITTED" -> {
        assertThat(done).as(what).isTrue();
        assertThat(quarantined).as(what).doesNotContain(worked[1]);
      }
      case "ROLLED_BACK" -> assertThat(done || onPaper).as(what).isFalse();
      default -> {}
    }
  }
}
