package dev.handfast.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.examples.orders.demo.DemoBroker;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ListenExampleIT {

  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path directory;

  @Test
  void takesBooksAndSendsOn() throws Exception {
    String database = "jdbc:h2:file:" + directory.resolve("stock").toAbsolutePath();
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE taken (what VARCHAR(40))");
    }
    try (DemoBroker broker = DemoBroker.start(directory, "sales.dead", "sales", "shipments");
        var factory = new ActiveMQConnectionFactory(broker.plainUrl());
        JMSContext context = factory.createContext()) {
      context.createProducer().send(context.createQueue("sales"), "one lantern");
      InputStream stdin = System.in;
      try (PipedOutputStream input = new PipedOutputStream()) {
        System.setIn(new PipedInputStream(input));
        CompletableFuture<Void> example =
            CompletableFuture.runAsync(() -> run(database, broker.url()));

        assertThat(
                context
                    .createConsumer(context.createQueue("shipments"))
                    .receiveBody(String.class, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)))
            .isEqualTo("one lantern");
        input.close();
        example.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } finally {
        System.setIn(stdin);
      }
    }
    assertThat(taken(database)).isEqualTo("one lantern");
  }

  private void run(String database, String broker) {
    try {
      ListenExample.main(new String[] {database, broker, directory.resolve("tx-log").toString()});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String taken(String database) throws Exception {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT what FROM taken")) {
      row.next();
      return row.getString(1);
    }
  }
}
