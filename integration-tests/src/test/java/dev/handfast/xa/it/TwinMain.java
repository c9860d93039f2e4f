package dev.handfast.xa.it;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.recovery.RecoveryReport;
import jakarta.jms.JMSContext;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Transactions on several threads, and recovery passes back to back beside them, on servers that
 * another process of the same node name uses in the same way.
 */
final class TwinMain {

  private static final int THREADS = 4;

  private TwinMain() {}

  /**
   * @param arguments log directory, database URL, user, password, broker URL, queue, first id, last
   *     id
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var stock =
        JdbcResource.named("stock")
            .url(arguments[1])
            .username(arguments[2])
            .password(arguments[3])
            .maxSize(THREADS)
            .build();
    var events = ArtemisResource.named("events").url(arguments[4]).maxSessions(THREADS).build();
    try (Handfast handfast =
        Handfast.builder()
            .nodeName("twin")
            .logStore(LogStore.file(Path.of(arguments[0])))
            .resources(stock, events)
            .start()) {
      answers.println("started");
      System.in.read();
      answers.println(work(handfast, stock, events, arguments));
    }
  }

  private static String work(
      Handfast handfast, JdbcResource stock, ArtemisResource events, String[] arguments)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger(Integer.parseInt(arguments[6]));
    int end = Integer.parseInt(arguments[7]);
    AtomicInteger failed = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (int thread = 0; thread < THREADS; thread++) {
      threads.execute(
          () -> {
            for (int id = next.getAndIncrement(); id < end; id = next.getAndIncrement()) {
              if (!committed(handfast, stock, events, arguments[5], id)) {
                failed.incrementAndGet();
              }
            }
          });
    }
    threads.shutdown();
    int touched = 0;
    while (!threads.isTerminated()) {
      RecoveryReport report = handfast.recovery().recover(Duration.ZERO);
      touched += report.committed() + report.rolledBack();
    }
    threads.awaitTermination(1, TimeUnit.MINUTES);
    return "failed " + failed + ", recovered " + touched;
  }

  private static boolean committed(
      Handfast handfast, JdbcResource stock, ArtemisResource events, String queue, int id) {
    try {
      handfast.run(
          () -> {
            try (Connection c = handfast.resource(stock).getConnection();
                Statement s = c.createStatement();
                JMSContext context = handfast.resource(events).createContext()) {
              s.execute("INSERT INTO item VALUES (" + id + ")");
              context.createProducer().send(context.createQueue(queue), "" + id);
            }
          });
      return true;
    } catch (Exception e) {
      System.err.println(id + ": " + e);
      return false;
    }
  }
}
