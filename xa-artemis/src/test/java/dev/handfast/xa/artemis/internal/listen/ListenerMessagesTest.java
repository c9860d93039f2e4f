package dev.handfast.xa.artemis.internal.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.artemis.DeadLetter;
import dev.handfast.xa.artemis.Listener;
import dev.handfast.xa.artemis.ListenerOptions;
import dev.handfast.xa.artemis.MessageBody;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.testkit.LogCapture;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import jakarta.jms.XAConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the messages of a listener, and what is told of them. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ListenerMessagesTest extends ListenerScenario {

  private static String line(LogCapture log, String id) {
    await().atMost(PATIENCE).until(() -> log.lines().stream().anyMatch(l -> l.contains(id)));
    return log.lines().stream().filter(l -> l.contains(id)).findFirst().orElseThrow();
  }

  @Test
  void namesTheMessageThatWasReceivedNotTheOneSentOn() throws Exception {
    String id;
    try (JMSContext context = events.createContext()) {
      TextMessage sent = context.createTextMessage("one");
      context.createProducer().send(context.createQueue(queue), sent);
      id = sent.getJMSMessageID();
    }
    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis");
        Listener listener =
            events.listen(
                queue,
                options.redeliveryLimit(1),
                message -> {
                  try (JMSContext context = events.createContext()) {
                    context.createProducer().send(context.createQueue(answers), message);
                  }
                  throw new IllegalStateException("no");
                })) {
      assertThat(line(log, "HANDFAST003023")).contains(id);
      assertThat(listener).isNotNull();
    }
  }

  @Test
  void tellsWhereABodyMarksItsTransaction() throws Exception {
    tells(
        message -> handfast.transactionManager().setRollbackOnly(),
        "was marked for rollback at " + ListenerMessagesTest.class.getName());
  }

  @Test
  void tellsWhenABodyEndsItsTransactionWithoutEffect() throws Exception {
    tells(message -> handfast.endWithoutEffect(), "ended its transaction without effect");
  }

  private void tells(MessageBody body, String why) throws Exception {
    queues.send(queue, "one");
    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis");
        Listener listener = events.listen(queue, options.redeliveryLimit(1), body)) {
      await().atMost(PATIENCE).until(() -> queues.count(dead) == 1);
      assertThat(line(log, "HANDFAST003023")).contains(why);
      assertThat(listener).isNotNull();
    }
    assertThat(queues.drain(dead).get(0).getStringProperty(DeadLetter.EXCEPTION)).contains(why);
  }

  /** It cannot even say what it is. */
  private static final class Speechless extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new StackOverflowError("simulated");
    }
  }

  @Test
  void survivesAnExceptionWhoseWordsFail() {
    queues.send(queue, "bad", "good");
    try (Listener listener =
        events.listen(
            queue,
            options.redeliveryLimit(1),
            message -> {
              if (((TextMessage) message).getText().equals("bad")) {
                throw new Speechless();
              }
              answer(message);
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 1);
      assertThat(listener).isNotNull();
    }
    assertThat(queues.drainTexts(dead)).containsExactly("bad");
  }

  /** Fails the first time that a receiver connects by itself. */
  private static final class FailingFactory extends ActiveMQConnectionFactory {
    private static final long serialVersionUID = 1L;

    private final AtomicBoolean failed = new AtomicBoolean();

    FailingFactory() {
      super(broker.url());
      setUseTopologyForLoadBalancing(false);
    }

    @Override
    public XAConnection createXAConnection(String user, String password) throws JMSException {
      if (Thread.currentThread().getName().startsWith("handfast-failing")
          && failed.compareAndSet(false, true)) {
        throw new StackOverflowError("simulated");
      }
      return super.createXAConnection(user, password);
    }
  }

  @Test
  void goesOnAfterAnErrorOutsideTheBody(@TempDir Path other) {
    ArtemisResource resource =
        ArtemisResource.named("failing").connectionFactory(new FailingFactory()).build();
    CountDownLatch both = new CountDownLatch(2);
    handfast.close();
    try (LogCapture log = new LogCapture("dev.handfast.xa.artemis");
        Handfast second =
            Handfast.builder()
                .nodeName("listener-test")
                .logStore(LogStore.file(other))
                .resources(resource)
                .start();
        Listener listener =
            second
                .resource(resource)
                .listen(
                    queue,
                    options.concurrency(2),
                    message -> {
                      both.countDown();
                      assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();
                    })) {
      assertThat(line(log, "HANDFAST003030")).contains("'" + queue + "'", "StackOverflowError");
      queues.send(queue, "one", "two");
      await().atMost(PATIENCE).until(() -> both.getCount() == 0);
      assertThat(listener).isNotNull();
    }
  }

  @Test
  void refusesToListenToTheDeadLetterQueueOfTheBroker() {
    assertThatThrownBy(() -> events.listen("DLQ", ListenerOptions.defaults(), this::answer).close())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("taken again");
  }

  private void createQueue(String address, String name, RoutingType type) throws Exception {
    try (ServerLocator locator = ActiveMQClient.createServerLocator(broker.url());
        ClientSessionFactory factory = locator.createSessionFactory();
        ClientSession session = factory.createSession()) {
      session.createQueue(
          QueueConfiguration.of(name).setAddress(address).setRoutingType(type).setDurable(true));
    }
  }

  @Test
  void aDeadLetterQueueAtAnotherAddressGetsTheMessage() throws Exception {
    createQueue("address-of-" + dead, dead, RoutingType.ANYCAST);
    queues.send(queue, "poison");
    try (Listener listener =
        events.listen(
            queue,
            options.redeliveryLimit(0),
            message -> {
              throw new IllegalStateException("no");
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(queue) == 0);
      assertThat(listener).isNotNull();
    }
    assertThat(queues.count(dead)).isEqualTo(1);
  }

  @Test
  void aSendThatWouldReachNobodyIsRefused() throws Exception {
    createQueue("address-of-" + queue, queue, RoutingType.ANYCAST);
    assertThatThrownBy(() -> handfast.run(() -> send(queue)))
        .hasMessageContaining("would reach nobody")
        .hasMessageContaining("address-of-" + queue + "::" + queue);

    handfast.run(() -> send("address-of-" + queue + "::" + queue));

    assertThat(queues.count(queue)).isEqualTo(1);
  }

  private void send(String name) {
    try (JMSContext context = events.createContext()) {
      context.createProducer().send(context.createQueue(name), "text");
    }
  }

  @Test
  void retryPutsADeadLetterBackInItsSubscription() throws Exception {
    ListenerOptions subscribed = options.subscription("ship").redeliveryLimit(0);
    events.listen(queue, options.subscription("other"), this::answer).close();
    try (Listener listener =
        events.listen(
            queue,
            subscribed,
            message -> {
              throw new IllegalStateException("no");
            })) {
      try (JMSContext context = events.createContext()) {
        context.createProducer().send(context.createTopic(queue), "news");
      }
      await().atMost(PATIENCE).until(() -> queues.count(dead) == 1);
      assertThat(listener).isNotNull();
    }
    assertThat(queues.count("other")).isEqualTo(1);
    assertThat(manage(broker.url(), "queue." + dead, "retryMessages")).isEqualTo(1L);
    assertThat(queues.count("ship")).isEqualTo(1);
    assertThat(queues.count("other")).isEqualTo(1);
  }

  @Test
  void compressedMessagesAreGivenUpWhole() throws Exception {
    char[] chars = new char[1024 * 1024];
    Random random = new Random(1);
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) ('a' + random.nextInt(26));
    }
    String text = new String(chars);
    String small = "x".repeat(300_000);
    try (ActiveMQConnectionFactory factory =
            new ActiveMQConnectionFactory(broker.url() + "?compressLargeMessage=true");
        JMSContext context = factory.createContext()) {
      context.createProducer().send(context.createQueue(queue), text);
      context.createProducer().send(context.createQueue(queue), small);
    }
    List<String> seen = new CopyOnWriteArrayList<>();
    try (Listener listener =
        events.listen(
            queue,
            options.redeliveryLimit(0),
            message -> {
              seen.add(message.getBody(String.class));
              throw new IllegalStateException("no");
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(dead) == 2);
      assertThat(listener).isNotNull();
    }
    assertThat(seen).containsExactly(text, small);
    List<String> moved = queues.drainTexts(dead);
    assertThat(moved.stream().map(String::length)).containsExactly(text.length(), small.length());
    assertThat(moved).containsExactly(text, small);
  }

  @Test
  void aLargeMessageThatTheBodyDoesNotReadHoldsNothingUp() throws Exception {
    byte[] large = new byte[10 * 1024 * 1024];
    new Random(1).nextBytes(large);
    try (JMSContext context = events.createContext()) {
      context.createProducer().send(context.createQueue(queue), large);
      context.createProducer().send(context.createQueue(queue), large);
      context.createProducer().send(context.createQueue(queue), "next");
    }
    AtomicInteger count = new AtomicInteger();
    try (Listener listener =
        events.listen(
            queue,
            options,
            message -> {
              count.incrementAndGet();
              if (message instanceof TextMessage) {
                answer(message);
              }
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 1);
      assertThat(listener).isNotNull();
    }
    assertThat(count).hasValue(3);
    assertThat(queues.count(queue)).isZero();
  }

  @Test
  void aLargeMessageIsSentOnWhole() throws Exception {
    byte[] large = new byte[5 * 1024 * 1024];
    new Random(1).nextBytes(large);
    try (JMSContext context = events.createContext()) {
      context.createProducer().send(context.createQueue(queue), large);
      context.createProducer().send(context.createQueue(queue), large);
    }
    AtomicInteger count = new AtomicInteger();
    try (Listener listener =
        events.listen(
            queue,
            options,
            message -> {
              if (count.incrementAndGet() == 2) {
                assertThat(message.getBody(byte[].class)).isEqualTo(large);
              }
              try (JMSContext context = events.createContext()) {
                context.createProducer().send(context.createQueue(answers), message);
              }
            })) {
      await().atMost(PATIENCE).until(() -> queues.count(answers) == 2);
      assertThat(listener).isNotNull();
    }
    for (Message m : queues.drain(answers)) {
      assertThat(m.getBody(byte[].class)).isEqualTo(large);
    }
  }
}
