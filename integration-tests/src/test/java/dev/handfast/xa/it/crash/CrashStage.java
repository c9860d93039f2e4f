package dev.handfast.xa.it.crash;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.CrashStep;
import dev.handfast.xa.testkit.crash.ProtocolStep;
import dev.handfast.xa.testkit.crash.RecoveryStep;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A broker, a PostgreSQL server and the application, each in processes of their own. */
final class CrashStage implements AutoCloseable {

  private static final String ROLE = "shop";
  private static final int ATTEMPTS = 5;

  final BrokerProcess broker;
  final PostgresServer postgres;
  final CrashJvm shop;
  private final PostgresDatabase stock;
  private final List<String> messages = new ArrayList<>();
  private int lastId;

  private CrashStage(BrokerProcess broker, PostgresServer postgres, Path directory) {
    this.broker = broker;
    this.postgres = postgres;
    postgres.createRole(ROLE, ROLE);
    this.stock = postgres.createDatabase(ROLE, ROLE);
    stock.as(ROLE, ROLE).execute("CREATE TABLE item (id INT PRIMARY KEY)");
    this.shop =
        CrashJvm.of(CrashShopMain.class)
            .arguments(directory.toString(), broker.url(), stock.url(), ROLE)
            .steps(ProtocolStep.values())
            .steps(RecoveryStep.values())
            .start(directory);
  }

  static CrashStage start(Path directory) {
    BrokerProcess broker =
        BrokerProcess.builder(directory.resolve("broker"))
            .journalBufferTimeout(Duration.ofNanos(100_000))
            .start();
    try {
      PostgresServer postgres = PostgresServer.start(directory.resolve("postgres"));
      try {
        CrashStage stage = new CrashStage(broker, postgres, directory);
        stage.awaitStarted();
        return stage;
      } catch (RuntimeException | Error e) {
        postgres.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      broker.close();
      throw e;
    }
  }

  /** What is left after the recovery of a start. */
  Left awaitStarted() {
    return Left.of("started", shop.awaitAnswer());
  }

  /** What a recovery leaves. */
  record Left(int unresolved, int unreachable, long millis) {

    static Left of(String word, String answer) {
      String[] words = answer.split(" ", -1);
      if (!words[0].equals(word)) {
        throw new AssertionError("'" + answer + "' where '" + word + "' was due");
      }
      return new Left(
          Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]));
    }

    boolean isNothing() {
      return unresolved == 0 && unreachable == 0;
    }
  }

  /** Begins a transaction of the application; its answer is not waited for. */
  int work(Shape shape, Way way) {
    lastId++;
    shop.say("work " + lastId + " " + way + " " + String.join(" ", shape.resources()));
    return lastId;
  }

  /** Works until all resources do: pools give what died with a server back once each. */
  void warmUp() {
    String told = "";
    for (int i = 0; i < ATTEMPTS && !told.equals("COMMITTED"); i++) {
      work(Shape.TWO_DATABASES_AND_BROKER, Way.COMMIT);
      told = shop.awaitAnswer();
    }
    require("the application works again", told, "COMMITTED");
  }

  /** The application dies at a step of this transaction. */
  int workAndHalt(Shape shape, Way way, CrashStep step, int nth) {
    shop.haltAt(step, nth);
    int id = work(shape, way);
    List<String> before = shop.awaitHalt();
    if (!before.isEmpty()) {
      throw new AssertionError("it answered before it died: " + before);
    }
    return id;
  }

  Left recover() {
    shop.say("recover");
    return Left.of("recovered", shop.awaitAnswer());
  }

  /** The prepared branches of the servers that are up. */
  String inDoubt() {
    String rows = postgres.isAlive() ? "" + stock.preparedBranches().size() : "-";
    String sent = broker.isAlive() ? "" + queues().preparedBranches().size() : "-";
    return "PostgreSQL " + rows + ", broker " + sent;
  }

  private BrokerQueues queues() {
    return new BrokerQueues(broker.url());
  }

  /**
   * Looks at everything past Handfast.
   *
   * @return which resources of the shape hold the work
   * @throws AssertionError if anything is in doubt, logged, or there twice
   */
  List<String> audit(Shape shape, int id) {
    shop.say("audit");
    String[] audited = shop.awaitAnswer().split(" ", -1);
    require("logged decisions", audited[1], "0");
    require("in doubt in H2", audited[2], "0");
    require("in doubt elsewhere", inDoubt(), "PostgreSQL 0, broker 0");
    messages.addAll(queues().drainTexts(CrashShopMain.QUEUE));
    String wanted = Integer.toString(id);
    int sent = Collections.frequency(messages, wanted);
    require("messages at most once", Boolean.toString(sent <= 1), "true");
    List<String> holding = new ArrayList<>();
    if (List.of(audited[3].split(",", -1)).contains(wanted)) {
      holding.add("orders");
    }
    if (stock.column("SELECT id FROM item WHERE id = " + id).size() == 1) {
      holding.add("stock");
    }
    if (sent == 1) {
      holding.add("events");
    }
    if (!shape.resources().containsAll(holding)) {
      throw new AssertionError("work that nobody ordered: " + holding);
    }
    return holding;
  }

  /** Brings up whatever is down after a case that failed, so that the next is not to blame. */
  void startOver() {
    if (!broker.isAlive()) {
      broker.restart();
    }
    if (!postgres.isAlive()) {
      postgres.restart();
    }
    shop.restart();
    awaitStarted();
  }

  private static void require(String what, String found, String wanted) {
    if (!found.equals(wanted)) {
      throw new AssertionError(what + ": " + found);
    }
  }

  @Override
  public void close() {
    shop.close();
    postgres.close();
    broker.close();
  }
}
