package dev.handfast.xa.it.redeploy;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisConnections;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.TemporaryQueue;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import javax.sql.DataSource;

/**
 * An application with a database and a broker. Whoever loads it by a class loader of its own knows
 * it by the JDK's interfaces only: it is called with a number for one piece of work.
 */
public final class Shop implements IntFunction<Callable<String>>, AutoCloseable {

  /** Is the work that leaves its transaction on its thread for ever. */
  static final int LEFT_OPEN = 0;

  private static final long PATIENCE_MILLIS = 10_000;

  /** Is too long for one packet. */
  private static final int LARGE = 300_000;

  private final Handfast handfast;
  private final DataSource orders;
  private final ArtemisConnections events;
  private final String queue;

  /**
   * Starts it.
   *
   * @param directory of its log store
   */
  public Shop(String directory, String databaseUrl, String brokerUrl, String queue)
      throws SQLException {
    JdbcResource database = JdbcResource.named("orders").url(databaseUrl).build();
    ArtemisResource broker = ArtemisResource.named("events").url(brokerUrl).build();
    this.queue = queue;
    this.handfast =
        Handfast.builder()
            .nodeName("redeployed")
            .logStore(LogStore.file(Path.of(directory)).lockWait(Duration.ZERO))
            .resources(database, broker)
            .start();
    this.orders = handfast.resource(database);
    this.events = handfast.resource(broker);
    execute("CREATE TABLE IF NOT EXISTS item (id INT PRIMARY KEY)");
  }

  @Override
  public Callable<String> apply(int id) {
    return id == LEFT_OPEN
        ? this::leaveOpen
        : () -> {
          inTransaction(id);
          byUserTransaction(-id);
          outside();
          return "done";
        };
  }

  private void inTransaction(int id) throws SQLException, JMSException {
    handfast.run(
        () -> {
          execute("INSERT INTO item VALUES (" + id + ")");
          send("item " + id);
        });
    handfast.run(this::receiveAndBrowse);
  }

  private void send(String text) {
    try (JMSContext context = events.createContext()) {
      context.createProducer().send(context.createQueue(queue), text);
    }
  }

  private void receiveAndBrowse() throws JMSException {
    try (JMSContext context = events.createContext()) {
      Queue from = context.createQueue(queue);
      try (QueueBrowser browser = context.createBrowser(from)) {
        browser.getEnumeration().hasMoreElements();
      }
      try (JMSConsumer consumer = context.createConsumer(from)) {
        if (consumer.receive(PATIENCE_MILLIS) == null) {
          throw new IllegalStateException("no message came");
        }
      }
    }
  }

  private void byUserTransaction(int id) throws Exception {
    handfast.userTransaction().begin();
    execute("INSERT INTO item VALUES (" + id + ")");
    handfast.userTransaction().rollback();
  }

  private String leaveOpen() throws Exception {
    handfast.userTransaction().setTransactionTimeout(1);
    handfast.userTransaction().begin();
    return "begun";
  }

  private void outside() throws SQLException, JMSException {
    try (Connection connection = orders.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM item")) {
      rows.next();
    }
    try (JMSContext context = events.createContext(JMSContext.CLIENT_ACKNOWLEDGE)) {
      TemporaryQueue own = context.createTemporaryQueue();
      BytesMessage large = context.createBytesMessage();
      large.writeBytes(new byte[LARGE]);
      context.createProducer().setProperty("kind", "large").send(own, large);
      try (JMSConsumer consumer = context.createConsumer(own)) {
        BytesMessage received = (BytesMessage) consumer.receive(PATIENCE_MILLIS);
        if (received.readBytes(new byte[LARGE]) != LARGE) {
          throw new IllegalStateException("the message is short");
        }
        received.acknowledge();
      }
      own.delete();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = orders.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    handfast.close();
    for (Driver driver : DriverManager.drivers().toList()) {
      DriverManager.deregisterDriver(driver);
    }
  }
}
