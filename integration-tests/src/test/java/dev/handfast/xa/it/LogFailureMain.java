package dev.handfast.xa.it;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.HeuristicOutcomeException;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.RolledBackException;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.crash.CrashChild;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;

/**
 * Transactions over the resources of {@link H2World} on a log that fails as it is told. Orders: the
 * name of a failure, then the id of a row to insert and to send.
 */
final class LogFailureMain {

  private static final CrashChild PARENT = CrashChild.attach();

  private LogFailureMain() {}

  /**
   * @param arguments directory, broker URL, queue
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    var orders =
        JdbcResource.named("orders").url("jdbc:h2:file:" + directory.resolve("orders")).build();
    var stock =
        JdbcResource.named("stock").url("jdbc:h2:file:" + directory.resolve("stock")).build();
    var events =
        ArtemisResource.named("events")
            .url(arguments[1])
            .callTimeout(Duration.ofSeconds(2))
            .build();
    var hook = new HookResource();
    Handfast handfast =
        Handfast.builder()
            .nodeName("it-1")
            .logStore(LogStore.file(directory.resolve("tx-log")))
            .resources(orders, stock, events, hook)
            .start();
    PARENT.answer("started");
    while (true) {
      String failure = PARENT.next();
      String id = PARENT.next();
      PARENT.answer(
          outcome(
              () ->
                  handfast.run(
                      () -> {
                        try (Connection c = handfast.resource(orders).getConnection();
                            Statement s = c.createStatement();
                            JMSContext context = handfast.resource(events).createContext()) {
                          s.execute("INSERT INTO item VALUES (" + id + ")");
                          context.createProducer().send(context.createQueue(arguments[2]), id);
                          handfast.resource(hook).enlist(() -> betweenTheVotes(failure));
                        }
                      })));
    }
  }

  private static void betweenTheVotes(String failure) {
    PARENT.answer("voted");
    try {
      PARENT.next();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    System.setProperty(ForceFailure.PROPERTY, failure);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static String outcome(Work work) {
    try {
      work.run();
      return Thread.interrupted() ? "committed, interrupted" : "committed";
    } catch (RolledBackException e) {
      return "rolled back: " + e.getMessage().lines().findFirst().orElse("");
    } catch (HeuristicOutcomeException e) {
      return "heuristic: " + e.outcome();
    } catch (Exception e) {
      return "refused: " + e.getMessage().lines().findFirst().orElse("");
    }
  }
}
