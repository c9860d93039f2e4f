package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows each invoice from its rows to its event, on to its shipment, and on to its notification.
 */
final class ShippingAudit {

  private final Found found;
  private final Map<String, Invoice> file;
  private final Map<String, String> events;
  private final Differences differences;

  ShippingAudit(Found found, Differences differences) {
    this.found = found;
    this.file = found.file();
    this.events = found.events();
    this.differences = differences;
  }

  void compare() {
    compareEvents();
    compareShipments();
    compareNotifications();
    compareShipmentsWithNotifications();
    compareQueues();
  }

  /** An invoice has one event: a second one has an id of its own. */
  private void compareEvents() {
    Collection<String> numbers = events.values();
    Set<String> stored = new LinkedHashSet<>(file.keySet());
    stored.retainAll(found.orders().invoices().keySet());
    stored.addAll(found.orders().invoices().keySet());
    differences.addPair(
        "invoices without event",
        without(stored, Set.copyOf(numbers)),
        "events without invoice",
        without(new LinkedHashSet<>(numbers), stored));
    differences.add("events sent more than once", repeated(numbers, Function.identity()));
  }

  /** An event has one shipment, which says of the invoice what the file says. */
  private void compareShipments() {
    differences.add(
        "events shipped more than once",
        repeated(found.shipments(), Shipment::event).stream().map(this::numberOf).toList());
    differences.add(
        "shipments that differ from the file",
        found.shipments().stream()
            .filter(shipment -> !isRight(shipment))
            .map(Shipment::number)
            .toList());
  }

  private boolean isRight(Shipment shipment) {
    Invoice invoice = file.get(shipment.number());
    return invoice != null && Shipment.Contents.expected(invoice).equals(shipment.contents());
  }

  /** A notification carries what the event carried. */
  private void compareNotifications() {
    differences.add("notifications whose text differs from the file", unlike(this::hasRightText));
    differences.add(
        "notifications with a wrong priority",
        unlike(notice -> notice.isUrgent() == notice.number().startsWith("C")));
    differences.add("notifications in a wrong message group", unlike(this::hasRightGroup));
    differences.add("notifications that are not persistent", unlike(Notification::persistent));
  }

  private boolean hasRightText(Notification notice) {
    Invoice invoice = file.get(notice.number());
    return invoice != null && Entry.expected(invoice).equals(notice.entry());
  }

  private boolean hasRightGroup(Notification notice) {
    Invoice invoice = file.get(notice.number());
    return invoice == null
        || Objects.equals(
            invoice.customer() == null ? null : invoice.customer().toString(), notice.group());
  }

  private List<String> unlike(Predicate<Notification> right) {
    return found.notifications().stream().filter(right.negate()).map(Notification::number).toList();
  }

  /** A shipment has one notification, of the same event. */
  private void compareShipmentsWithNotifications() {
    Map<Long, Shipment> shipments = new LinkedHashMap<>();
    found.shipments().forEach(shipment -> shipments.put(shipment.id(), shipment));
    Set<Long> notified =
        found.notifications().stream().map(Notification::shipment).collect(Collectors.toSet());
    differences.addPair(
        "shipments without notification",
        found.shipments().stream()
            .filter(shipment -> !notified.contains(shipment.id()))
            .map(Shipment::number)
            .toList(),
        "notifications without shipment",
        found.notifications().stream()
            .filter(notice -> !shipments.containsKey(notice.shipment()))
            .map(Notification::number)
            .toList());
    differences.add(
        "shipments notified more than once",
        repeated(found.notifications(), Notification::shipment).stream()
            .map(id -> nameOf(id, shipments.get(id)))
            .toList());
    differences.add(
        "notifications of another event than their shipment",
        found.notifications().stream()
            .filter(notice -> isOfAnother(notice, shipments.get(notice.shipment())))
            .map(Notification::number)
            .toList());
  }

  private static String nameOf(long id, @Nullable Shipment shipment) {
    return shipment == null ? "unknown shipment " + id : shipment.number();
  }

  private static boolean isOfAnother(Notification notice, @Nullable Shipment shipment) {
    return shipment != null && !notice.event().equals(shipment.event());
  }

  private void compareQueues() {
    BrokerState broker = found.broker();
    differences.add("events left in the queue", numbers(broker.events()));
    differences.add("dead letters", numbers(broker.deadLetters()));
    compareCount("events left", broker.events());
    compareCount("notifications", broker.notifications());
    compareCount("dead letters", broker.deadLetters());
  }

  private void compareCount(String what, QueueState<?> queue) {
    differences.addIf(
        queue.counted() != queue.messages().size(),
        what + " by the broker's count: " + queue.counted() + ", seen: " + queue.messages().size());
  }

  private static List<String> numbers(QueueState<Letter> queue) {
    return queue.messages().stream().map(Letter::number).toList();
  }

  private String numberOf(String event) {
    return String.valueOf(events.get(event));
  }

  private static <T, K> List<K> repeated(Collection<T> all, Function<T, K> key) {
    return all.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(times -> times.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> without(Set<String> all, Set<String> known) {
    return all.stream().filter(number -> !known.contains(number)).toList();
  }
}
