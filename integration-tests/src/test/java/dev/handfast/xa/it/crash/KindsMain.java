package dev.handfast.xa.it.crash;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import dev.handfast.xa.testkit.crash.CrashChild;
import dev.handfast.xa.testkit.database.H2Database;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;

/**
 * The application that is killed with messages of every kind on their way. {@code work ID} is one
 * transaction: it receives by a selector, from a durable shared subscription and a large message,
 * sends the received ones on and one of every kind to a queue and a topic, and inserts a row.
 * {@code rows} answers the ids of the rows.
 */
final class KindsMain {

  static final String IN = "in";
  static final String OUT = "out";
  static final String KINDS = "kinds";
  static final String NEWS_IN = "news-in";
  static final String NEWS_OUT = "news-out";
  static final String SELECTOR = "colour = 'red'";

  private static final long PATIENCE_MILLIS = 10_000;

  private final Handfast handfast;
  private final H2Database file;
  private final JdbcResource orders;
  private final ArtemisResource events;

  private KindsMain(Path directory, String broker) {
    this.file = new H2Database("jdbc:h2:file:" + directory.resolve("orders") + ";WRITE_DELAY=0");
    file.execute("CREATE TABLE IF NOT EXISTS item (id INT PRIMARY KEY)");
    this.orders = JdbcResource.named("orders").url(file.url()).maxSize(2).build();
    this.events =
        ArtemisResource.named("events")
            .url(broker)
            .callTimeout(Duration.ofSeconds(20))
            .maxSessions(2)
            .build();
    this.handfast =
        Handfast.builder()
            .nodeName("kinds-1")
            .logStore(LogStore.file(directory.resolve("tx-log")))
            .resources(orders, events)
            .recoveryPeriod(Duration.ofMinutes(10))
            .recoveryCallTimeout(Duration.ofSeconds(20))
            .start();
  }

  public static void main(String[] arguments) throws Exception {
    CrashChild child = CrashChild.attach();
    KindsMain shop = new KindsMain(Path.of(arguments[0]), arguments[1]);
    child.answer("started");
    while (true) {
      String[] words = child.next().split(" ", -1);
      if (words[0].equals("work")) {
        shop.work(words[1]);
        child.answer("worked");
      } else {
        child.answer(String.join(",", shop.file.column("SELECT id FROM item ORDER BY id")));
      }
    }
  }

  private void work(String id) throws Exception {
    handfast.run(
        () -> {
          try (java.sql.Connection c = handfast.resource(orders).getConnection();
              Statement s = c.createStatement()) {
            s.execute("INSERT INTO item VALUES (" + id + ")");
          }
          try (Connection connection = handfast.resource(events).createConnection();
              Session session = connection.createSession()) {
            connection.start();
            receiveAndSendOn(session);
            sendAll(session, session.createProducer(session.createQueue(KINDS)));
            sendAll(session, session.createProducer(session.createTopic(NEWS_OUT)));
          }
        });
  }

  private static void receiveAndSendOn(Session session) throws JMSException {
    Topic news = session.createTopic(NEWS_IN);
    try (MessageConsumer selected = session.createConsumer(session.createQueue(IN), SELECTOR);
        MessageConsumer subscribed = session.createSharedDurableConsumer(news, NEWS_IN);
        MessageProducer out = session.createProducer(session.createQueue(OUT))) {
      out.send(received(selected));
      out.send(received(subscribed));
    }
  }

  private static Message received(MessageConsumer consumer) throws JMSException {
    Message message = consumer.receive(PATIENCE_MILLIS);
    if (message == null) {
      throw new JMSException("nothing came");
    }
    return message;
  }

  private static void sendAll(Session session, MessageProducer producer) throws JMSException {
    for (Message message : MessageKinds.make(session)) {
      producer.send(message);
    }
  }
}
