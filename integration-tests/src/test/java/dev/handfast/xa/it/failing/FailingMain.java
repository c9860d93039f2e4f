package dev.handfast.xa.it.failing;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.it.failing.FailingShop.Way;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.Selection;
import dev.handfast.xa.testkit.crash.CrashChild;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Starts on a new log, works, closes, starts again, recovers, takes orders and works until the log
 * has grown; then it ends without a close. It goes on where something fails, and ends by itself
 * where a start is refused.
 */
final class FailingMain {

  /** Its exit code after all its work. */
  static final int DONE = 3;

  private static final CrashChild PARENT = CrashChild.attach();
  private static final int THREADS = 3;

  /** More than the log has room for before it grows. */
  private static final int PILE = 270;

  private final FailingShop shop;
  private final String queue;
  private final AtomicInteger nextId = new AtomicInteger();

  private FailingMain(Path directory, String broker) throws IOException {
    this.shop = new FailingShop(directory, broker);
    this.queue = FailingShop.queue(directory);
  }

  /**
   * @param arguments directory, broker's URL
   */
  public static void main(String[] arguments) throws Exception {
    FailingMain main = new FailingMain(Path.of(arguments[0]), arguments[1]);
    try {
      main.first();
      main.second();
    } catch (Refused e) {
      PARENT.answer("refused " + e.getMessage());
      return;
    }
    Runtime.getRuntime().halt(DONE);
  }

  private static final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private Refused(RuntimeException why) {
      super(String.valueOf(why.getMessage()).replace('\n', ' '), why);
    }
  }

  private Handfast start() throws Refused {
    try {
      return shop.start();
    } catch (RuntimeException e) {
      throw new Refused(e);
    }
  }

  private void first() throws Refused {
    Handfast handfast = start();
    for (int i = 0; i < 3; i++) {
      one(handfast, Way.WHOLE, true);
    }
    one(handfast, Way.WHOLE, false);
    shop.paperTrail.behave(PaperTrail.Manner.ALONE);
    one(handfast, Way.TURNED, true);
    shop.paperTrail.behave(PaperTrail.Manner.LATER);
    one(handfast, Way.TURNED, true);
    one(handfast, Way.WHOLE, true);
    one(handfast, Way.PAPERS, true);
    String unused = shop.leaveStranger();
    try {
      handfast.close();
    } catch (RuntimeException e) {
      shop.note("operator", "close " + e);
    }
  }

  private void second() throws Exception {
    Handfast handfast = start();
    operate(() -> handfast.recovery().recover(Duration.ZERO));
    overruleTurned(handfast);
    for (String[] stranger : shop.notes("strangers")) {
      Selection selection = Selection.of(stranger[0]).withForce();
      operate(() -> handfast.recovery().commit(selection, "a stranger"));
    }
    shop.paperTrail.behave(PaperTrail.Manner.AS_ASKED);
    operate(() -> handfast.recovery().recover(Duration.ZERO));
    forget(handfast);

    shop.paperTrail.behave(PaperTrail.Manner.LATER);
    for (int i = 0; i < PILE; i++) {
      one(handfast, Way.PAPERS, true);
    }
    shop.paperTrail.behave(PaperTrail.Manner.AS_ASKED);
    operate(() -> handfast.recovery().recover(Duration.ZERO));
    together(handfast);
    shop.paperTrail.behave(PaperTrail.Manner.LATER);
    one(handfast, Way.WHOLE, true);
    one(handfast, Way.PAPERS, true);
  }

  private void operate(Supplier<Object> order) {
    try {
      shop.note("operator", String.valueOf(order.get()));
    } catch (RuntimeException e) {
      shop.note("operator", String.valueOf(e));
    }
  }

  /** What waits for the paper alone is ordered to roll back. */
  private void overruleTurned(Handfast handfast) throws IOException {
    for (String[] worked : shop.notes("worked")) {
      if (worked[2].equals(Way.TURNED.name())) {
        Selection selection = Selection.of(worked[1]).withForce();
        operate(() -> handfast.recovery().rollback(selection, "overruled"));
      }
    }
  }

  private void forget(Handfast handfast) {
    operate(
        () -> {
          List<String> heuristic =
              handfast.recovery().inDoubt(Filter.all()).transactions().stream()
                  .filter(transaction -> transaction.actions().contains(Action.FORGET))
                  .map(InDoubtTransaction::gtrid)
                  .toList();
          return heuristic.isEmpty()
              ? "nothing to forget"
              : handfast
                  .recovery()
                  .forget(Selection.of(heuristic.toArray(String[]::new)), "corrected");
        });
  }

  private void together(Handfast handfast) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int each = 0; each < THREADS; each++) {
                  one(handfast, Way.WHOLE, true);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void one(Handfast handfast, Way way, boolean commits) {
    int id = nextId.incrementAndGet();
    shop.note("told", id + " " + outcome(handfast, id, way, commits));
  }

  private String outcome(Handfast handfast, int id, Way way, boolean commits) {
    try {
      handfast.run(
          () -> {
            shop.note("worked", id + " " + handfast.resource(shop.paper).work() + " " + way);
            if (way == Way.PAPERS) {
              String unused = handfast.resource(shop.copy).work();
            } else {
              work(handfast, id);
            }
            if (!commits) {
              throw new IllegalStateException("meant to roll back");
            }
          });
      return "COMMITTED";
    } catch (HeuristicOutcomeException e) {
      return "UNSURE " + e.outcome();
    } catch (SQLException | RuntimeException e) {
      return "ROLLED_BACK " + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
  }

  private void work(Handfast handfast, int id) throws SQLException {
    insert(handfast, shop.orders, id);
    insert(handfast, shop.stock, id);
    try (JMSContext context = handfast.resource(shop.events).createContext()) {
      context.createProducer().send(context.createQueue(queue), "" + id);
    }
  }

  private static void insert(Handfast handfast, JdbcResource into, int id) throws SQLException {
    try (Connection connection = handfast.resource(into).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO item VALUES (" + id + ")");
    }
  }
}
