package dev.handfast.examples.orders.audit;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
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
 * @param events in the order in which a consumer would get them
 * @param counted messages by the broker's own count
 * @param inDoubt branches that are prepared and not finished
 */
record QueueState(List<Event> events, long counted, int inDoubt) {

  private static final long ANSWER_MILLIS = 10_000;

  QueueState {
    events = List.copyOf(events);
  }

  static QueueState read(String url, String queue) throws Exception {
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
        Connection connection = factory.createConnection();
        Session session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE)) {
      connection.start();
      Message count = session.createMessage();
      JMSManagementHelper.putAttribute(count, "queue." + queue, "messageCount");
      Message prepared = session.createMessage();
      JMSManagementHelper.putOperationInvocation(prepared, "broker", "listPreparedTransactions");
      return new QueueState(
          browse(session, session.createQueue(queue)),
          ((Number) ask(session, count)).longValue(),
          ((Object[]) ask(session, prepared)).length);
    }
  }

  private static List<Event> browse(Session session, Queue queue) throws JMSException {
    List<Event> events = new ArrayList<>();
    try (QueueBrowser browser = session.createBrowser(queue)) {
      Enumeration<?> messages = browser.getEnumeration();
      while (messages.hasMoreElements()) {
        events.add(EventReader.read((Message) messages.nextElement()));
      }
    }
    return events;
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
