package dev.handfast.xa.it;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import jakarta.jms.JMSContext;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** One transaction, and then either close, or waiting for SIGTERM with a shutdown hook. */
final class WorkerMain {

  private WorkerMain() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var orders =
        JdbcResource.named("orders").url("jdbc:h2:file:" + Path.of(arguments[0], "worker")).build();
    var events = ArtemisResource.named("events").url(arguments[1]).build();
    Handfast handfast =
        Handfast.builder()
            .nodeName("it-3")
            .logStore(LogStore.file(Path.of(arguments[0], "worker-log")))
            .resources(orders, events)
            .start();
    try (Connection c = handfast.resource(orders).getConnection();
        Statement s = c.createStatement()) {
      s.execute("CREATE TABLE IF NOT EXISTS item (id INT PRIMARY KEY)");
    }
    handfast.run(
        () -> {
          try (Connection c = handfast.resource(orders).getConnection();
              Statement s = c.createStatement();
              JMSContext context = handfast.resource(events).createContext()) {
            s.execute("INSERT INTO item VALUES (1)");
            context.createProducer().send(context.createQueue("worker"), "one");
          }
        });
    if (arguments.length == 2) {
      handfast.close();
      answers.println("worked");
      return;
    }
    handfast.closeOnShutdown(Duration.ofSeconds(10));
    answers.println("worked");
    new CountDownLatch(1).await();
  }
}
