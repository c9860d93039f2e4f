package dev.handfast.xa.testkit.broker;

import io.netty.channel.EventLoop;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;

/**
 * A look at a broker's queues and prepared branches through a plain client: no transaction manager,
 * nothing pooled, a new connection for each call.
 */
public final class BrokerQueues {

  private static final long ANSWER_MILLIS = 10_000;

  /** No thread is shared with others, and none outlives the call. */
  private static final String PARAMETERS =
      "useEpoll=false&useKQueue=false&useGlobalWorkerPool=false&remotingThreads=1";

  private final String url;
  private final String user;
  private final String password;

  /** Looks without credentials. */
  public BrokerQueues(String url) {
    this(url, "", "");
  }

  public BrokerQueues(String url, String user, String password) {
    this.url = url + (url.contains("?") ? "&" : "?") + PARAMETERS;
    this.user = user;
    this.password = password;
  }

  /** The queues that are there. */
  public List<String> names() {
    return with(
        session ->
            Arrays.stream((Object[]) invoke(session, "broker", "getQueueNames"))
                .map(String::valueOf)
                .toList());
  }

  /** How many messages a queue holds, as the broker counts; 0 if there is no such queue. */
  public long count(String queue) {
    return with(
        session -> {
          Object[] names = (Object[]) invoke(session, "broker", "getQueueNames");
          return Arrays.asList(names).contains(queue)
              ? ((Number) attribute(session, "queue." + queue, "messageCount")).longValue()
              : 0L;
        });
  }

  /** Sends durable text messages. */
  public void send(String queue, String... texts) {
    with(
        session -> {
          for (String text : texts) {
            session
                .createProducer(session.createQueue(queue))
                .send(session.createTextMessage(text));
          }
          return texts.length;
        });
  }

  /** Takes every message that is there off a queue, in the order of delivery, whole. */
  public List<Message> drain(String queue) {
    return with(
        session -> {
          List<Message> messages = new ArrayList<>();
          MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
          for (Message message = consumer.receiveNoWait();
              message != null;
              message = consumer.receiveNoWait()) {
            // the next receive would drop what is still to come of a large one
            ((ActiveMQMessage) message).getCoreMessage().getBodyBuffer();
            messages.add(message);
          }
          return messages;
        });
  }

  /** Takes every message off a queue and answers the texts. */
  public List<String> drainTexts(String queue) {
    List<String> texts = new ArrayList<>();
    for (Message message : drain(queue)) {
      try {
        texts.add(message instanceof TextMessage text ? text.getText() : message.toString());
      } catch (JMSException e) {
        throw new IllegalStateException(e);
      }
    }
    return texts;
  }

  /** The prepared branches as the broker's management lists them, one line each. */
  public List<String> preparedBranches() {
    return with(
        session ->
            Arrays.stream((Object[]) invoke(session, "broker", "listPreparedTransactions"))
                .map(String::valueOf)
                .toList());
  }

  /** Deletes a queue without messages, and its address, as the broker does with unused ones. */
  public void destroy(String queue) {
    with(session -> invoke(session, "broker", "destroyQueue", queue, true, true));
  }

  /**
   * Finishes a prepared branch as an administrator of the broker does, who knows no decision. The
   * broker lists it as its own outcome until it is let forget it.
   *
   * @param branch as the broker's management names it
   * @return false if it is not prepared there
   */
  public boolean finishByHand(String branch, boolean commit) {
    String operation = commit ? "commitPreparedTransaction" : "rollbackPreparedTransaction";
    return with(session -> (Boolean) invoke(session, "broker", operation, branch));
  }

  /** The branches that were finished by hand and are not forgotten. */
  public List<String> finishedByHand() {
    return with(
        session -> {
          List<String> branches = new ArrayList<>();
          for (String outcome : List.of("Committed", "RolledBack")) {
            String operation = "listHeuristic" + outcome + "Transactions";
            for (Object branch : (Object[]) invoke(session, "broker", operation)) {
              branches.add(String.valueOf(branch));
            }
          }
          return branches;
        });
  }

  private static Object invoke(
      Session session, String resource, String operation, Object... parameters) throws Exception {
    Message request = session.createMessage();
    JMSManagementHelper.putOperationInvocation(request, resource, operation, parameters);
    return ask(session, request);
  }

  private static Object attribute(Session session, String resource, String name) throws Exception {
    Message request = session.createMessage();
    JMSManagementHelper.putAttribute(request, resource, name);
    return ask(session, request);
  }

  private static Object ask(Session session, Message request) throws Exception {
    TemporaryQueue answers = session.createTemporaryQueue();
    try (MessageConsumer consumer = session.createConsumer(answers)) {
      request.setJMSReplyTo(answers);
      session.createProducer(session.createQueue("activemq.management")).send(request);
      Message reply = consumer.receive(ANSWER_MILLIS);
      if (reply == null || !JMSManagementHelper.hasOperationSucceeded(reply)) {
        throw new IllegalStateException(
            "the broker's management answered "
                + (reply == null ? "nothing" : JMSManagementHelper.getResult(reply)));
      }
      return JMSManagementHelper.getResult(reply);
    }
  }

  private <T> T with(Look<T> look) {
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url)) {
      factory.setUseGlobalPools(false);
      ActiveMQConnection connection = (ActiveMQConnection) open(factory);
      EventLoop network = network(connection);
      try (connection) {
        connection.start();
        return look.at(connection.createSession(false, Session.AUTO_ACKNOWLEDGE));
      } finally {
        letFinish(network);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("looking at the broker at " + url + " failed", e);
    }
  }

  private Connection open(ActiveMQConnectionFactory factory) throws JMSException {
    return user.isEmpty() ? factory.createConnection() : factory.createConnection(user, password);
  }

  private static EventLoop network(ActiveMQConnection connection) {
    return ((NettyConnection)
            connection.getSessionFactory().getConnection().getTransportConnection())
        .getChannel()
        .eventLoop();
  }

  /** The network thread has still to tell the client's pools, which are about to close. */
  private static void letFinish(EventLoop network) {
    try {
      network.submit(() -> {}).awaitUninterruptibly(ANSWER_MILLIS);
      // What told us of the end may have queued its last task behind the first wait.
      network.submit(() -> {}).awaitUninterruptibly(ANSWER_MILLIS);
    } catch (RejectedExecutionException e) {
      // It has ended already.
    }
  }

  private interface Look<T> {
    T at(Session session) throws Exception;
  }
}
