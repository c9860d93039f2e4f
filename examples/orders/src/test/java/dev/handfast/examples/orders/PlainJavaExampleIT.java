package dev.handfast.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.examples.orders.demo.DemoBroker;
import jakarta.jms.JMSContext;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlainJavaExampleIT {

  @TempDir private Path directory;

  @Test
  void booksARowAndAMessage() throws Exception {
    String database = "jdbc:h2:file:" + directory.resolve("shop").toAbsolutePath();
    execute(database, "CREATE TABLE sale (item VARCHAR(20), pence INTEGER)");
    try (DemoBroker broker = DemoBroker.start(directory, "dead-letters", "sales")) {
      PlainJavaExample.main(
          new String[] {database, broker.url(), directory.resolve("tx-log").toString()});

      try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.plainUrl());
          JMSContext context = factory.createContext()) {
        assertThat(
                context
                    .createConsumer(context.createQueue("sales"))
                    .receiveBody(String.class, 10_000))
            .isEqualTo("one lantern");
      }
    }
    assertThat(pence(database)).isEqualTo(339);
  }

  private static void execute(String database, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int pence(String database) throws Exception {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT SUM(pence) FROM sale")) {
      row.next();
      return row.getInt(1);
    }
  }
}
