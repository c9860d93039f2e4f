package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.database.H2Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log on a real file system that is full, or that the kernel makes read-only. */
final class FullDiskIT {

  /** As many records as the slot file holds before it has to grow. */
  private static final int SLOTS = 256;

  private static final int LEVELS = 400;

  @TempDir static Path servers;
  static BrokerProcess broker;

  @TempDir Path directory;
  private String queue;
  private H2Database orders;
  private H2Database stock;
  private SmallDisk disk;
  private CrashJvm shop;

  @BeforeAll
  static void startBroker() {
    broker = BrokerProcess.start(servers.resolve("broker"));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void makeTables(TestInfo test) {
    queue = test.getTestMethod().orElseThrow().getName();
    orders = table("orders");
    stock = table("stock");
  }

  private H2Database table(String name) {
    H2Database database =
        new H2Database("jdbc:h2:file:" + directory.resolve(name) + ";WRITE_DELAY=0");
    database.execute("CREATE TABLE item (id INT PRIMARY KEY)");
    return database;
  }

  @AfterEach
  void stop() {
    if (shop != null) {
      shop.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private void start(SmallDisk.Kind kind) throws Exception {
    disk = SmallDisk.mount(kind, directory.resolve("disk"));
    start(directory, disk.place());
  }

  private void start(Path ofOrders, Path ofLog) {
    shop =
        CrashJvm.of(DiskMain.class)
            .launcher(disk.inside())
            .arguments(
                ofOrders.resolve("orders").toString(),
                directory.resolve("stock").toString(),
                ofLog.resolve("tx-log").toString(),
                broker.url(),
                queue)
            .start(directory.resolve("shop"));
    assertThat(shop.awaitAnswer()).isEqualTo("started");
  }

  private String order(String what) {
    shop.say(what);
    return shop.awaitAnswer(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @EnumSource(names = {"TMPFS", "EXT4"})
  void aFullDiskRefusesAResourceAndNoDecision(SmallDisk.Kind kind) throws Exception {
    start(kind);
    disk.fill(100);

    assertThat(order("nest 1"))
        .startsWith(SLOTS + " of " + (SLOTS + 1) + " [committed, refused: ")
        .contains("is full and cannot grow", "To solve this, free space on its disk");
    assertThat(disk.free()).as("what could not be used is given back").isGreaterThan(50);
    assertThat(order("one 1000")).isEqualTo("committed");

    disk.makeRoom();
    assertThat(order("nest 2001")).isEqualTo(LEVELS + " of " + LEVELS + " [committed]");

    shop.restart();
    assertThat(shop.awaitAnswer()).isEqualTo("started");
    assertNothingInDoubt();
    assertThat(rows(orders)).isEqualTo(nestedAnd1000(id -> id % 2 == 0));
    assertThat(rows(stock)).isEqualTo(nestedAnd1000(id -> id % 2 == 1 || id == 1000));
    assertThat(messages()).containsExactly(1000);
  }

  private static List<Integer> nestedAnd1000(IntPredicate there) {
    return IntStream.of(1, 1000, 2001)
        .flatMap(
            from ->
                IntStream.range(
                    from, from == 1 ? from + SLOTS : from == 1000 ? from + 1 : from + LEVELS))
        .filter(there)
        .boxed()
        .toList();
  }

  /** Decided, not carried out, killed, and no room for the files of a start. */
  @Test
  void aDecisionOutlivesAStartThatTheFullDiskRefuses() throws Exception {
    start(SmallDisk.Kind.TMPFS);
    disk.fill(0);
    assertThat(order("vote 1")).isEqualTo("voted");
    broker.kill();
    assertThat(order("go on")).isEqualTo("committed");
    shop.restart();

    assertThat(shop.awaitAnswer()).startsWith("refused: ").contains("No space left on device");

    disk.makeRoom();
    broker.restart();
    shop.restart();
    assertThat(shop.awaitAnswer()).isEqualTo("started");
    assertNothingInDoubt();
    assertThat(List.of(rows(orders), rows(stock), messages())).containsOnly(List.of(1));
  }

  @Test
  void aDiskThatBecomesReadOnlyLeavesOutcomesOpenUntilItIsMended() throws Exception {
    start(SmallDisk.Kind.EXT4);
    shop.say("load 2");
    shop.say("vote 1");
    List<String> answers = new ArrayList<>();
    while (!answers.contains("voted")) {
      answers.add(shop.awaitAnswer());
    }
    disk.damage();
    shop.say("go on");
    while (answers.stream().filter(answer -> !answer.endsWith("committed")).count() < 1 + 5) {
      answers.add(shop.awaitAnswer());
    }

    assertThat(answers)
        .as("whoever was in the group whose force failed")
        .anyMatch(answer -> answer.endsWith("heuristic: UNKNOWN"));
    assertThat(order("one 0")).startsWith("refused: ").contains("could not be withdrawn");
    shop.restart();
    assertThat(shop.awaitAnswer()).startsWith("refused: ").contains("Read-only file system");
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).as("left alone").isNotEmpty();

    shop.kill();
    disk.repair();
    shop.restart();
    assertThat(shop.awaitAnswer()).isEqualTo("started");
    assertNothingInDoubt();
    List<Integer> done = rows(orders);
    assertThat(List.of(rows(stock), messages().stream().sorted().toList())).containsOnly(done);
    assertThat(done).containsAll(told(answers, "committed"));
    assertThat(done).doesNotContainAnyElementsOf(told(answers, "refused"));
  }

  /** H2 closes the file for every session when it cannot write it. */
  @ParameterizedTest
  @EnumSource(names = {"TMPFS", "EXT4"})
  void aDatabaseWhoseDiskWasFullIsUsedAgain(SmallDisk.Kind kind) throws Exception {
    disk = SmallDisk.mount(kind, directory.resolve("disk"));
    start(disk.place(), directory);
    assertThat(order("table 0")).isEqualTo("made");
    assertThat(order("one 1")).isEqualTo("committed");
    disk.fill(0);
    int id = 1;
    String full;
    do {
      full = order("one " + ++id);
    } while (full.equals("committed"));

    assertThat(full).startsWith("refused: ");
    disk.makeRoom();
    int again = id + 1;
    await().until(() -> order("one " + again).equals("committed"));

    List<Integer> done = new ArrayList<>(IntStream.range(1, id).boxed().toList());
    done.add(again);
    assertThat(order("rows 0")).isEqualTo(done.toString());
    shop.kill();
    assertThat(rows(stock)).isEqualTo(done);
    assertThat(messages()).isEqualTo(done);
    assertThat(stock.preparedBranches()).isEmpty();
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
  }

  /** The ids of the load whose outcome was told so. */
  private static List<Integer> told(List<String> answers, String outcome) {
    return answers.stream()
        .filter(answer -> answer.matches("[0-9]+ " + outcome + ".*"))
        .map(answer -> Integer.valueOf(answer.substring(0, answer.indexOf(' '))))
        .toList();
  }

  private static List<Integer> rows(H2Database database) {
    return database.column("SELECT id FROM item ORDER BY id").stream()
        .map(Integer::valueOf)
        .toList();
  }

  private List<Integer> messages() {
    return new BrokerQueues(broker.url()).drainTexts(queue).stream().map(Integer::valueOf).toList();
  }

  /** H2's files are looked at once the child has let them go. */
  private void assertNothingInDoubt() {
    shop.kill();
    assertThat(orders.preparedBranches()).isEmpty();
    assertThat(stock.preparedBranches()).isEmpty();
    assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
  }
}
