package dev.handfast.xa.it.order;

import dev.handfast.xa.testkit.database.PostgresDatabase;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Plain clients that take each message and look at once for the rows of its transaction, without
 * any transaction manager. They outlive the application, the broker and the databases.
 */
final class Readers implements AutoCloseable {

  private static final int READERS = 4;
  private static final long LOOK_MILLIS = 200;

  private final OrderSettings settings;
  private final Map<Long, Integer> seen = new ConcurrentHashMap<>();
  private final Queue<String> early = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closed;

  Readers(OrderSettings settings) {
    this.settings = settings;
    for (int i = 0; i < READERS; i++) {
      Thread thread = new Thread(this::readUntilClosed, "reader " + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  /** How often the message of each transaction was read. */
  Map<Long, Integer> seen() {
    return Map.copyOf(seen);
  }

  /** Messages that came before one of their rows. */
  List<String> early() {
    return List.copyOf(early);
  }

  private void readUntilClosed() {
    while (!closed) {
      try (ActiveMQConnectionFactory factory =
              new ActiveMQConnectionFactory(settings.broker() + "?consumerWindowSize=0");
          Connection connection = factory.createConnection();
          Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
          MessageConsumer consumer =
              session.createConsumer(session.createQueue(OrderSettings.EVENTS));
          Rows rows = new Rows(settings)) {
        connection.start();
        read(consumer, rows);
      } catch (JMSException | RuntimeException e) {
        // The broker is being started again.
      }
    }
  }

  private void read(MessageConsumer consumer, Rows rows) throws JMSException {
    while (!closed) {
      Message message = consumer.receive(LOOK_MILLIS);
      if (message != null) {
        long id = Long.parseLong(message.getBody(String.class));
        for (Part part : Part.of(id)) {
          if (part != Part.EVENTS && !rows.has(part, id)) {
            early.add(id + " " + Part.of(id) + " came before its row in " + part);
          }
        }
        seen.merge(id, 1, Integer::sum);
      }
    }
  }

  /** What one reader finds in the databases. */
  private static final class Rows implements AutoCloseable {

    private final OrderSettings settings;
    private final Map<Part, java.sql.Connection> open = new EnumMap<>(Part.class);

    private Rows(OrderSettings settings) {
      this.settings = settings;
    }

    /** The first answer counts; a database that is being started again gives none. */
    private boolean has(Part part, long id) {
      while (true) {
        try (PreparedStatement query =
            connection(part).prepareStatement("SELECT 1 FROM item WHERE id = ?")) {
          query.setLong(1, id);
          return query.executeQuery().next();
        } catch (SQLException e) {
          open.remove(part);
        }
      }
    }

    private java.sql.Connection connection(Part part) throws SQLException {
      java.sql.Connection known = open.get(part);
      if (known == null) {
        PostgresDatabase database = settings.database(part);
        known = database.connect();
        open.put(part, known);
      }
      return known;
    }

    @Override
    public void close() {
      for (java.sql.Connection connection : open.values()) {
        try {
          connection.close();
        } catch (SQLException e) {
          // Its server is gone.
        }
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
