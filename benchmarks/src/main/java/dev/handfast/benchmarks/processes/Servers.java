package dev.handfast.benchmarks.processes;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.database.PostgresServer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A database with a table of counters, and a broker with two queues, each in its own process. */
public final class Servers implements AutoCloseable {

  public static final String USER = "bench";
  public static final String PASSWORD = "s3cret-pw";
  public static final String IN = "in";
  public static final String OUT = "out";
  public static final String UPDATE = "UPDATE stock SET pieces = pieces + 1 WHERE item = ?";

  /** Bytes that the broker sends ahead to a consumer; more, and the first one gets all messages. */
  public static final int WINDOW = 10 * 1024;

  private static final int ITEMS = 1_000;

  private final BrokerProcess broker;
  private final PostgresServer server;

  /** Starts both in the directory; the table is filled, the queues are empty. */
  public Servers(Path directory) throws IOException, SQLException {
    broker =
        BrokerProcess.builder(directory.resolve("broker"))
            .journalBufferTimeout(Duration.ofNanos(100_000))
            .deadLetterAddress("DLQ")
            .start();
    server = PostgresServer.start(directory.resolve("postgres"));
    server.createRole(USER, PASSWORD);
    server.createDatabase(USER, USER);
    try (Connection connection = DriverManager.getConnection(database(), USER, PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE stock (item INT PRIMARY KEY, pieces INT NOT NULL)");
      statement.execute("INSERT INTO stock SELECT n, 0 FROM generate_series(0, 999) n");
    }
  }

  /** The URL of the database. */
  public String database() {
    return server.database(USER).url();
  }

  /** The URL of the broker. */
  public String broker() {
    return broker.url();
  }

  /** The row that a message's text stands for. */
  public static int item(String text) {
    return Integer.parseInt(text) % ITEMS;
  }

  /** Puts numbered messages onto the first queue. */
  public void load(int messages) {
    try (var factory = new ActiveMQConnectionFactory(broker());
        JMSContext context = factory.createContext(JMSContext.SESSION_TRANSACTED)) {
      Queue queue = context.createQueue(IN);
      JMSProducer producer = context.createProducer();
      for (int number = 1; number <= messages; number++) {
        producer.send(queue, Integer.toString(number));
      }
      context.commit();
    }
  }

  /** Empties the second queue and the counters; everything must have been done once. */
  public void requireDone(int messages) throws SQLException {
    BrokerQueues queues = new BrokerQueues(broker());
    long sent = queues.count(OUT);
    long left = queues.count(IN);
    queues.drain(OUT);
    try (Connection connection = DriverManager.getConnection(database(), USER, PASSWORD);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT sum(pieces) FROM stock")) {
      rows.next();
      long updated = rows.getLong(1);
      if (sent != messages || updated != messages || left != 0) {
        throw new IllegalStateException(
            messages + " messages, but sent " + sent + ", updated " + updated + ", left " + left);
      }
      statement.execute("UPDATE stock SET pieces = 0");
      statement.execute("VACUUM stock");
    }
  }

  @Override
  public void close() {
    server.close();
    broker.close();
  }
}
