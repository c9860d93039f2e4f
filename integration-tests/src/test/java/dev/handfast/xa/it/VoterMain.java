package dev.handfast.xa.it;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;

/** One transaction over the resources of {@link H2World}; the process ends between the votes. */
final class VoterMain {

  static final int EXIT = 9;

  private VoterMain() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    var orders =
        JdbcResource.named("orders").url("jdbc:h2:file:" + directory.resolve("orders")).build();
    var stock =
        JdbcResource.named("stock").url("jdbc:h2:file:" + directory.resolve("stock")).build();
    var events = ArtemisResource.named("events").url(arguments[1]).build();
    var hook = new HookResource();
    Handfast handfast =
        Handfast.builder()
            .nodeName("it-1")
            .logStore(LogStore.file(directory.resolve("tx-log")))
            .resources(orders, stock, events, hook)
            .start();
    handfast.run(
        () -> {
          try (Connection c = handfast.resource(orders).getConnection();
              Statement s = c.createStatement();
              JMSContext context = handfast.resource(events).createContext()) {
            s.execute("INSERT INTO item VALUES (1)");
            context.createProducer().send(context.createQueue(arguments[2]), "one");
            handfast.resource(hook).enlist(() -> Runtime.getRuntime().halt(EXIT));
          }
        });
  }
}
