package dev.handfast.examples.orders;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.jdbc.JdbcResource;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;

/** A receipt, a row and a message as one global transaction, until the input ends. */
public final class ListenExample {

  private ListenExample() {}

  /** Arguments: the URL of a database, the URL of a broker, and a directory for the log. */
  public static void main(String[] args) throws IOException {
    var stock = JdbcResource.named("stock").url(args[0]).build();
    var events = ArtemisResource.named("events").url(args[1]).build();

    try (Handfast handfast =
        Handfast.builder()
            .nodeName("stock-1")
            .logStore(LogStore.file(Path.of(args[2])))
            .resources(stock, events)
            .start()) {

      DataSource database = handfast.resource(stock);
      ArtemisConnections broker = handfast.resource(events);

      Listener listener =
          broker.listen(
              "sales",
              ListenerOptions.defaults().concurrency(4).deadLetter("sales.dead"),
              message -> {
                try (Connection connection = database.getConnection();
                    PreparedStatement taken =
                        connection.prepareStatement("INSERT INTO taken (what) VALUES (?)");
                    JMSContext context = broker.createContext()) {
                  String what = message.getBody(String.class);
                  taken.setString(1, what);
                  taken.executeUpdate();
                  context.createProducer().send(context.createQueue("shipments"), what);
                }
              });

      while (System.in.read() >= 0) {
        System.out.println("listening on " + listener.destination());
      }
    }
  }
}
