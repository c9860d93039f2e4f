package dev.handfast.examples.orders.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.examples.orders.input.Invoice;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One thing lost, doubled, half done or changed behind the orders turns the audit red. */
final class ShippingAuditIT extends AuditFixture {

  private static final String OTHER_SHIPMENT = "4711";

  private Invoice invoice;
  private String number;

  @BeforeEach
  void choose() {
    invoice = lastWithoutCustomer();
    number = invoice.number();
  }

  @Test
  void aLostEvent() throws Exception {
    removeShipment();
    removeNotification();

    assertThat(audit().differences())
        .containsExactly("invoices without event: 1 (" + number + "), events without invoice: 0");
  }

  @Test
  void anEventSentTwice() throws Exception {
    addShipment("'ID:other'");
    add(Change.NONE.text("\"event\":\"[^\"]*\"", "\"event\":\"ID:other\"").ofOtherShipment());

    AuditReport report = audit();

    assertThat(report.differences())
        .containsExactly("events sent more than once: 1 (" + number + ")");
    assertThat(report.events()).isEqualTo(file.invoices().size() + 1);
  }

  @Test
  void anEventDeliveredTwice() throws Exception {
    addShipment("event");
    add(Change.NONE.ofOtherShipment());

    AuditReport report = audit();

    assertThat(report.differences())
        .containsExactly("events shipped more than once: 1 (" + number + ")");
    assertThat(report.events()).isEqualTo(file.invoices().size());
    assertThat(report.shipments().invoices()).isEqualTo(file.invoices().size() + 1);
    assertThat(report.notifications()).isEqualTo(file.invoices().size() + 1);
  }

  @Test
  void aLostShipment() throws Exception {
    removeShipment();

    assertThat(audit().differences())
        .containsExactly(
            "shipments without notification: 0, notifications without shipment: 1 ("
                + number
                + ")");
  }

  @Test
  void aDoubledShipment() throws Exception {
    addShipment("event");

    assertThat(audit().differences())
        .containsExactly(
            "events shipped more than once: 1 (" + number + ")",
            "shipments without notification: 1 ("
                + number
                + "), notifications without shipment: 0");
  }

  @Test
  void aPennyInAShipment() throws Exception {
    change(shipments, "UPDATE shipment SET total = total + 0.01" + ofInvoice());

    assertThat(audit().differences())
        .containsExactly("shipments that differ from the file: 1 (" + number + ")");
  }

  @Test
  void aUnitInAShipment() throws Exception {
    change(shipments, "UPDATE shipment SET units = units - 1" + ofInvoice());

    assertThat(audit().differences())
        .containsExactly("shipments that differ from the file: 1 (" + number + ")");
  }

  @Test
  void aLostNotification() throws Exception {
    removeNotification();

    assertThat(audit().differences())
        .containsExactly(
            "shipments without notification: 1 ("
                + number
                + "), notifications without shipment: 0");
  }

  @Test
  void aDoubledNotification() throws Exception {
    add(Change.NONE);

    assertThat(audit().differences())
        .containsExactly("shipments notified more than once: 1 (" + number + ")");
  }

  @Test
  void aPennyInANotification() throws Exception {
    replace(Change.NONE.text("(\"unitPrice\":[0-9]*\\.)[0-9]", "$19"));

    assertThat(audit().differences())
        .containsExactly("notifications whose text differs from the file: 1 (" + number + ")");
  }

  @Test
  void anUnreadableNotification() throws Exception {
    replace(Change.NONE.text("\\{.*", "nonsense"));

    assertThat(audit().differences())
        .contains("notifications whose text differs from the file: 1 (" + number + ")")
        .contains(
            "shipments without notification: 1 ("
                + number
                + "), notifications without shipment: 1 ("
                + number
                + ")");
  }

  @Test
  void aNotificationOfAnotherEvent() throws Exception {
    String other = file.invoices().get(0).number();
    change(
        shipments,
        "UPDATE shipment SET event = (SELECT event FROM shipment WHERE invoice = '"
            + other
            + "')"
            + ofInvoice());

    assertThat(audit().differences())
        .contains("notifications of another event than their shipment: 1 (" + number + ")");
  }

  @Test
  void aWrongPriority() throws Exception {
    replace(Change.NONE.priority(9));

    assertThat(audit().differences())
        .containsExactly("notifications with a wrong priority: 1 (" + number + ")");
  }

  @Test
  void aWrongGroup() throws Exception {
    replace(Change.NONE.group("17850"));

    assertThat(audit().differences())
        .containsExactly("notifications in a wrong message group: 1 (" + number + ")");
  }

  @Test
  void aNotificationThatIsNotPersistent() throws Exception {
    replace(Change.NONE.notPersistent());

    assertThat(audit().differences())
        .containsExactly("notifications that are not persistent: 1 (" + number + ")");
  }

  @Test
  void anEventLeftInTheQueue() throws Exception {
    removeShipment();
    moveNotificationTo(queues.events());

    AuditReport report = audit();

    assertThat(report.differences())
        .containsExactly("events left in the queue: 1 (" + number + ")");
    assertThat(report.events()).isEqualTo(file.invoices().size());
  }

  @Test
  void aDeadLetter() throws Exception {
    removeShipment();
    moveNotificationTo(queues.deadLetters());

    assertThat(audit().differences()).containsExactly("dead letters: 1 (" + number + ")");
  }

  private void removeShipment() throws Exception {
    change(shipments, "DELETE FROM shipment" + ofInvoice());
  }

  private void addShipment(String event) throws Exception {
    change(
        shipments,
        "INSERT INTO shipment OVERRIDING SYSTEM VALUE SELECT "
            + OTHER_SHIPMENT
            + ", "
            + event
            + ", invoice, customer, country, order_lines, units, total FROM shipment"
            + ofInvoice());
  }

  private String ofInvoice() {
    return " WHERE invoice = '" + number + "'";
  }

  private void removeNotification() throws Exception {
    inBroker(context -> take(context, queues.notifications()));
  }

  /** Auditors of a queue of letters look at nothing but id and number. */
  private void moveNotificationTo(String queue) throws Exception {
    inBroker(
        context ->
            context
                .createProducer()
                .send(context.createQueue(queue), take(context, queues.notifications())));
  }

  private void replace(Change change) throws Exception {
    inBroker(context -> send(context, change, take(context, queues.notifications())));
  }

  private void add(Change change) throws Exception {
    inBroker(
        context -> {
          Message message = take(context, queues.notifications());
          send(context, Change.NONE, message);
          send(context, change, message);
        });
  }

  private Message take(JMSContext context, String queue) {
    String selector = "invoice = '" + number + "'";
    Message message = context.createConsumer(context.createQueue(queue), selector).receive(10_000);
    assertThat(message).isNotNull();
    return message;
  }

  private void send(JMSContext context, Change change, Message like) throws Exception {
    String text = like.getBody(String.class).replaceFirst(change.what(), change.by());
    Message message = context.createTextMessage(text);
    message.setStringProperty("invoice", number);
    if (!change.group().isEmpty()) {
      message.setStringProperty("JMSXGroupID", change.group());
    }
    context
        .createProducer()
        .setPriority(change.priority())
        .setDeliveryMode(change.deliveryMode())
        .send(context.createQueue(queues.notifications()), message);
  }

  /** What is different in a notification of an invoice that is urgent to nobody. */
  private record Change(String what, String by, int priority, String group, int deliveryMode) {

    static final Change NONE = new Change("^", "", 4, "", DeliveryMode.PERSISTENT);

    Change text(String regex, String replacement) {
      return new Change(regex, replacement, priority, group, deliveryMode);
    }

    Change ofOtherShipment() {
      return new Change(
          "(?:" + what + ")(.*)\"shipment\":[0-9]+",
          by + "$1\"shipment\":" + OTHER_SHIPMENT,
          priority,
          group,
          deliveryMode);
    }

    Change priority(int other) {
      return new Change(what, by, other, group, deliveryMode);
    }

    Change group(String other) {
      return new Change(what, by, priority, other, deliveryMode);
    }

    Change notPersistent() {
      return new Change(what, by, priority, group, DeliveryMode.NON_PERSISTENT);
    }
  }
}
