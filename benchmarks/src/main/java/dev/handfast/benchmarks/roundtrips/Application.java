package dev.handfast.benchmarks.roundtrips;

import dev.handfast.benchmarks.processes.Servers;
import dev.handfast.xa.Body;
import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** Works on PostgreSQL and Artemis with the build of Handfast that is on its class path. */
final class Application implements AutoCloseable {

  private final Handfast handfast;
  private final DataSource database;
  private final ArtemisConnections broker;

  Application(Path directory, String databaseUrl, String brokerUrl) {
    JdbcResource orders =
        JdbcResource.named("orders")
            .url(databaseUrl)
            .username(Servers.USER)
            .password(Servers.PASSWORD)
            .build();
    ArtemisResource events = ArtemisResource.named("events").url(brokerUrl).build();
    handfast =
        Handfast.builder()
            .nodeName("bench")
            .logStore(LogStore.file(directory.resolve("log")))
            .resources(orders, events)
            .recoveryPeriod(Duration.ofMinutes(10)) // its questions are not a transaction's
            .start();
    database = handfast.resource(orders);
    broker = handfast.resource(events);
  }

  void run(Body<Exception> body) throws Exception {
    handfast.run(body);
  }

  void open() throws SQLException {
    database.getConnection().close();
  }

  void update(int item) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(Servers.UPDATE)) {
      update.setInt(1, item);
      update.executeUpdate();
    }
  }

  void send() {
    try (JMSContext context = broker.createContext()) {
      context.createProducer().send(context.createQueue(Servers.OUT), "one");
    }
  }

  @Override
  public void close() {
    handfast.close();
  }
}
