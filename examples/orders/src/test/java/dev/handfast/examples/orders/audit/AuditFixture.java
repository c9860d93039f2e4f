package dev.handfast.examples.orders.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.examples.orders.OrdersApplication;
import dev.handfast.examples.orders.demo.DemoBroker;
import dev.handfast.examples.orders.input.Invoice;
import dev.handfast.examples.orders.input.OrderFile;
import dev.handfast.examples.orders.input.Samples;
import dev.handfast.examples.orders.process.Child;
import dev.handfast.examples.orders.process.Collected;
import dev.handfast.examples.orders.process.JavaCommand;
import dev.handfast.examples.orders.process.Word;
import dev.handfast.examples.orders.shipping.ShippingApplication;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Enumeration;
import java.util.List;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What both applications did with some invoices; each test damages copies of its own. */
abstract class AuditFixture {

  @TempDir static Path directory;
  static DemoBroker broker;
  static OrderFile file;

  @TempDir Path mine;
  String orders;
  String shipments;
  BrokerState.Names queues;

  @BeforeAll
  static void bookAndShipSomeInvoices() throws Exception {
    file = Samples.writeEvery(12, directory.resolve("orders.csv"));
    broker =
        DemoBroker.start(
            directory,
            ShippingApplication.DEAD_LETTERS,
            OrdersApplication.EVENTS,
            ShippingApplication.NOTIFICATIONS);
    play(OrdersApplication.class, "done", 1);
    play(ShippingApplication.class, "shipped", file.invoices().size());
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void copyWhatIsThere(TestInfo test) throws Exception {
    orders = copy("orders");
    shipments = copy("shipments");
    String name = test.getTestMethod().orElseThrow().getName();
    queues = new BrokerState.Names(name + ".events", name, name + ".dead");
    inBroker(
        context -> {
          Queue to = context.createQueue(queues.notifications());
          Queue from = context.createQueue(ShippingApplication.NOTIFICATIONS);
          Enumeration<?> messages = context.createBrowser(from).getEnumeration();
          while (messages.hasMoreElements()) {
            Message message = (Message) messages.nextElement();
            context.createProducer().setPriority(message.getJMSPriority()).send(to, message);
          }
        });
  }

  private static void play(Class<?> main, String last, int times) throws Exception {
    Collected words = new Collected();
    JavaCommand command =
        new JavaCommand(
            main.getSimpleName(),
            JavaCommand.ownClassPath(),
            main,
            192,
            List.of(directory.toString(), broker.url(), "2", "--without-handfast"));
    try (Child process = Child.start(command, directory.resolve("log"), words.queue())) {
      for (int i = 0; i < times; i++) {
        words.next(last);
      }
      process.order("close");
      assertThat(words.next(Word.ENDED).number(0)).isZero();
    }
  }

  private String copy(String name) throws Exception {
    String file = name + ".mv.db";
    Files.copy(directory.resolve("db").resolve(file), mine.resolve(file));
    return "jdbc:h2:file:" + mine.resolve(name).toAbsolutePath() + ";WRITE_DELAY=0";
  }

  final AuditReport audit() throws Exception {
    return Audit.of(
        Found.of(
            file.invoices(),
            OrdersState.read(orders),
            ShipmentsState.read(shipments),
            BrokerState.read(broker.plainUrl(), queues)));
  }

  final Invoice lastWithoutCustomer() {
    return file.invoices().stream()
        .filter(invoice -> invoice.customer() == null && !invoice.isCancellation())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** Each statement changes something. */
  static void change(String database, String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
      }
    }
  }

  /** Work with the broker. */
  @FunctionalInterface
  interface Work {
    void accept(JMSContext context) throws Exception;
  }

  static void inBroker(Work work) throws Exception {
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.plainUrl());
        JMSContext context = factory.createContext()) {
      work.accept(context);
    }
  }
}
