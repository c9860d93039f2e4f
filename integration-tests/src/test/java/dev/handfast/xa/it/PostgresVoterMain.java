package dev.handfast.xa.it;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.spi.Resource;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** One transaction over the resources of {@link PostgresWorld}, which its parent ends halfway. */
final class PostgresVoterMain {

  private PostgresVoterMain() {}

  /**
   * @param arguments directory, broker URL, PostgreSQL URL, user, password, queue
   */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    var orders =
        JdbcResource.named("orders")
            .url("jdbc:h2:file:" + directory.resolve("orders") + ";WRITE_DELAY=0")
            .build();
    var events = ArtemisResource.named("events").url(arguments[1]).build();
    var stock =
        JdbcResource.named("stock")
            .url(arguments[2])
            .username(arguments[3])
            .password(arguments[4])
            .build();
    Handfast handfast =
        Handfast.builder()
            .nodeName("it-pg")
            .logStore(LogStore.file(directory.resolve("tx-log")))
            .resources(orders, stock, events)
            .start();
    handfast.run(
        () -> {
          for (Resource<DataSource> database : List.of(orders, stock)) {
            try (Connection c = handfast.resource(database).getConnection();
                Statement s = c.createStatement()) {
              s.execute("INSERT INTO item VALUES (1)");
            }
          }
          try (JMSContext context = handfast.resource(events).createContext()) {
            context.createProducer().send(context.createQueue(arguments[5]), "1");
          }
        });
  }
}
