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
import java.util.function.UnaryOperator;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** One thing wrong in a real database or a real queue turns the audit red. */
final class AuditIT {

  private static final String BOOKED = "orders.events";

  @TempDir private static Path directory;
  private static DemoBroker broker;
  private static OrderFile file;

  @TempDir private Path mine;
  private String database;
  private String queue;

  @BeforeAll
  static void bookSomeInvoices() throws Exception {
    file = Samples.writeEvery(12, directory.resolve("orders.csv"));
    broker = DemoBroker.start(directory, BOOKED);
    Collected words = new Collected();
    JavaCommand application =
        new JavaCommand(
            "application",
            JavaCommand.ownClassPath(),
            OrdersApplication.class,
            192,
            List.of(directory.toString(), broker.url(), "2", "--without-handfast"));
    try (Child process = Child.start(application, directory.resolve("app.log"), words.queue())) {
      words.next("done");
      process.order("close");
      assertThat(words.next(Word.ENDED).number(0)).isZero();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void copyWhatIsBooked(TestInfo test) throws Exception {
    Files.copy(directory.resolve("db/orders.mv.db"), mine.resolve("orders.mv.db"));
    database = "jdbc:h2:file:" + mine.resolve("orders").toAbsolutePath();
    queue = test.getDisplayName();
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.plainUrl());
        JMSContext context = factory.createContext()) {
      Queue to = context.createQueue(queue);
      Enumeration<?> events = context.createBrowser(context.createQueue(BOOKED)).getEnumeration();
      while (events.hasMoreElements()) {
        Message message = (Message) events.nextElement();
        context.createProducer().setPriority(message.getJMSPriority()).send(to, message);
      }
    }
  }

  @Test
  void intactIsGreen() throws Exception {
    AuditReport report = audit();

    assertThat(report.differences()).isEmpty();
    assertThat(report.isOk()).isTrue();
    assertThat(report.database()).isEqualTo(report.file()).isEqualTo(report.queue());
    assertThat(report.events()).isEqualTo(file.invoices().size());
    assertThat(report.inDoubt()).isZero();
    assertThat(file.invoices()).anyMatch(Invoice::isCancellation);
    assertThat(file.invoices()).anyMatch(invoice -> invoice.customer() == null);
  }

  @Test
  void aMissingInvoice() throws Exception {
    String number = file.invoices().get(3).number();
    change(
        "DELETE FROM invoice_line WHERE invoice = '" + number + "'",
        "DELETE FROM invoice WHERE number = '" + number + "'");

    assertThat(audit().differences())
        .containsExactly(
            "invoices missing in the database: 1 (" + number + ")",
            "invoices without event: 0, events without invoice: 1 (" + number + ")");
  }

  @Test
  void aMissingLine() throws Exception {
    String number = file.invoices().get(2).number();
    change("DELETE FROM invoice_line WHERE position = 1 AND invoice = '" + number + "'");

    assertThat(audit().differences())
        .containsExactly("invoices whose rows differ from the file: 1 (" + number + ")");
  }

  @Test
  void aPennyInABalance() throws Exception {
    change("UPDATE customer SET balance = balance + 0.01 WHERE id = 17850");

    assertThat(audit().differences())
        .singleElement()
        .asString()
        .startsWith("customers with a wrong sum in the database: 1 (17850: ");
  }

  @Test
  void aPennyInATotal() throws Exception {
    String number = file.invoices().get(0).number();
    change("UPDATE invoice SET total = total - 0.01 WHERE number = '" + number + "'");

    assertThat(audit().differences())
        .containsExactly("invoices whose rows differ from the file: 1 (" + number + ")");
  }

  @Test
  void aUnitOfStock() throws Exception {
    change("UPDATE stock SET units = units + 1 WHERE code = (SELECT MIN(code) FROM stock)");

    assertThat(audit().differences())
        .singleElement()
        .asString()
        .startsWith("stock codes with a wrong sum in the database: 1 (");
  }

  @Test
  void aDoubledEvent() throws Exception {
    Invoice last = file.invoices().get(file.invoices().size() - 1);
    resend(last, text -> text, 4, false);

    assertThat(audit().differences())
        .containsExactly("events that are there more than once: 1 (" + last.number() + ")");
  }

  @Test
  void aMissingEvent() throws Exception {
    Invoice invoice = file.invoices().get(4);
    remove(invoice);

    assertThat(audit().differences())
        .containsExactly(
            "invoices without event: 1 (" + invoice.number() + "), events without invoice: 0");
  }

  @Test
  void aPennyInAnEvent() throws Exception {
    Invoice invoice = lastWithoutCustomer();
    resend(invoice, text -> text.replaceFirst("(\"unitPrice\":[0-9]*\\.)[0-9]", "$19"), 4, true);

    assertThat(audit().differences())
        .containsExactly("events whose text differs from the file: 1 (" + invoice.number() + ")");
  }

  @Test
  void aWrongPriority() throws Exception {
    Invoice invoice = lastWithoutCustomer();
    resend(invoice, text -> text, 9, true);

    assertThat(audit().differences())
        .containsExactly("events with a wrong priority: 1 (" + invoice.number() + ")");
  }

  @Test
  void anEventBehindALaterOne() throws Exception {
    Invoice first =
        file.invoices().stream()
            .filter(invoice -> Integer.valueOf(17850).equals(invoice.customer()))
            .filter(invoice -> !invoice.isCancellation())
            .findFirst()
            .orElseThrow();
    resend(first, text -> text, 4, true);

    assertThat(audit().differences())
        .containsExactly("events behind a later one of their customer: 1 (" + first.number() + ")");
  }

  @Test
  void theProcessSaysWhatItFound() throws Exception {
    change("UPDATE customer SET balance = balance + 0.01 WHERE id = 17850");
    Collected words = new Collected();
    JavaCommand auditor =
        new JavaCommand(
            "auditor",
            JavaCommand.ownClassPath(),
            AuditMain.class,
            192,
            List.of(
                directory.resolve("orders.csv").toString(), database, broker.plainUrl(), queue));
    try (Child process = Child.start(auditor, mine.resolve("auditor.log"), words.queue())) {
      List<Word> heard = words.until("result");
      int count = file.invoices().size();

      assertThat(heard).anyMatch(word -> word.text().startsWith("customers with a wrong sum"));
      assertThat(heard.get(heard.size() - 1).text())
          .isEqualTo("%d %d %d 0 FAILED".formatted(count, count, count));
    }
  }

  private AuditReport audit() throws Exception {
    return Audit.of(
        file.invoices(), DatabaseState.read(database), QueueState.read(broker.plainUrl(), queue));
  }

  private Invoice lastWithoutCustomer() {
    return file.invoices().stream()
        .filter(invoice -> invoice.customer() == null && !invoice.isCancellation())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private void change(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
      }
    }
  }

  private void remove(Invoice invoice) throws Exception {
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.plainUrl());
        JMSContext context = factory.createContext()) {
      take(context, invoice);
    }
  }

  private void resend(Invoice invoice, UnaryOperator<String> change, int priority, boolean move)
      throws Exception {
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.plainUrl());
        JMSContext context = factory.createContext()) {
      Message message = take(context, invoice);
      if (!move) {
        send(context, message, message.getBody(String.class), message.getJMSPriority());
      }
      send(context, message, change.apply(message.getBody(String.class)), priority);
    }
  }

  private Message take(JMSContext context, Invoice invoice) {
    String selector = "invoice = '" + invoice.number() + "'";
    Message message = context.createConsumer(context.createQueue(queue), selector).receive(10_000);
    assertThat(message).isNotNull();
    return message;
  }

  private void send(JMSContext context, Message like, String text, int priority) throws Exception {
    Message message = context.createTextMessage(text);
    message.setStringProperty("invoice", like.getStringProperty("invoice"));
    if (like.getStringProperty("JMSXGroupID") != null) {
      message.setStringProperty("JMSXGroupID", like.getStringProperty("JMSXGroupID"));
    }
    context.createProducer().setPriority(priority).send(context.createQueue(queue), message);
  }
}
