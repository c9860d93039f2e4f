package dev.handfast.examples.orders.audit;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * What the broker holds; looking takes nothing away.
 *
 * @param events that nobody has taken
 * @param notifications sent by shipping
 * @param deadLetters that could not be shipped
 * @param inDoubt branches that are prepared and not finished
 */
record BrokerState(
    QueueState<Letter> events,
    QueueState<Notification> notifications,
    QueueState<Letter> deadLetters,
    int inDoubt) {

  private static final long ANSWER_MILLIS = 10_000;

  /** The names of the queues. */
  record Names(String events, String notifications, String deadLetters) {}

  /** Takes what it needs from a message. */
  @FunctionalInterface
  private interface Reader<T> {
    T read(Message message) throws JMSException;
  }

  static BrokerState read(String url, Names names) throws Exception {
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
        Connection connection = factory.createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
      connection.start();
      Message prepared = session.createMessage();
      JMSManagementHelper.putOperationInvocation(prepared, "broker", "listPreparedTransactions");
      return new BrokerState(
          queue(session, names.events(), MessageReader::letter),
          queue(session, names.notifications(), MessageReader::notification),
          queue(session, names.deadLetters(), MessageReader::letter),
          ((Object[]) ask(session, prepared)).length);
    }
  }

  private static <T> QueueState<T> queue(Session session, String name, Reader<T> reader)
      throws Exception {
    List<T> messages = new ArrayList<>();
    try (QueueBrowser browser = session.createBrowser(session.createQueue(name))) {
      Enumeration<?> found = browser.getEnumeration();
      while (found.hasMoreElements()) {
        messages.add(reader.read((Message) found.nextElement()));
      }
    }
    Message count = session.createMessage();
    JMSManagementHelper.putAttribute(count, "queue." + name, "messageCount");
    return new QueueState<>(messages, ((Number) ask(session, count)).longValue());
  }

  private static Object ask(Session session, Message question) throws Exception {
    TemporaryQueue answers = session.createTemporaryQueue();
    question.setJMSReplyTo(answers);
    try (MessageProducer producer =
            session.createProducer(session.createQueue("activemq.management"));
        MessageConsumer consumer = session.createConsumer(answers)) {
      producer.send(question);
      Message answer = consumer.receive(ANSWER_MILLIS);
      if (answer == null || !JMSManagementHelper.hasOperationSucceeded(answer)) {
        throw new JMSException("the broker did not answer a management question: " + answer);
      }
      return JMSManagementHelper.getResult(answer);
    }
  }
}
