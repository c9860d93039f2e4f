package dev.handfast.examples.orders;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A row and a message as one global transaction, in a plain main method. */
public final class PlainJavaExample {

  private PlainJavaExample() {}

  /** Arguments: the URL of a database, the URL of a broker, and a directory for the log. */
  public static void main(String[] args) throws SQLException {
    var orders = JdbcResource.named("orders").url(args[0]).build();
    var events = ArtemisResource.named("events").url(args[1]).build();

    try (Handfast handfast =
        Handfast.builder()
            .nodeName("shop-1")
            .logStore(LogStore.file(Path.of(args[2])))
            .resources(orders, events)
            .start()) {

      DataSource database = handfast.resource(orders);
      ArtemisConnections broker = handfast.resource(events);

      handfast.run(
          () -> {
            try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                JMSContext context = broker.createContext()) {
              statement.executeUpdate("INSERT INTO sale (item, pence) VALUES ('lantern', 339)");
              context.createProducer().send(context.createQueue("sales"), "one lantern");
            }
          });
    }
  }
}
