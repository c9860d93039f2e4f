package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Compares the file with the database and with the queue, and these two with each other. */
final class Audit {

  private final Map<String, Invoice> file = new LinkedHashMap<>();
  private final DatabaseState database;
  private final QueueState queue;
  private final Differences differences = new Differences();

  private Audit(List<Invoice> invoices, DatabaseState database, QueueState queue) {
    invoices.forEach(invoice -> file.put(invoice.number(), invoice));
    this.database = database;
    this.queue = queue;
  }

  static AuditReport of(List<Invoice> invoices, DatabaseState database, QueueState queue) {
    return new Audit(invoices, database, queue).report();
  }

  private AuditReport report() {
    compareInvoices();
    compareSums();
    compareEvents();
    compareOrder();
    compareInvoicesWithEvents();
    differences.addIf(
        database.inDoubt() + queue.inDoubt() > 0,
        "branches in doubt: database " + database.inDoubt() + ", broker " + queue.inDoubt());
    Totals stored =
        Totals.of(invoices(database.invoices().values()))
            .with(database.sold(), database.balances());
    Totals announced = Totals.of(invoices(queue.events().stream().map(Event::entry).toList()));
    return new AuditReport(
        Totals.of(file.values()),
        stored,
        announced,
        queue.events().size(),
        database.inDoubt() + queue.inDoubt(),
        differences.lines());
  }

  private static List<Invoice> invoices(Collection<Entry> entries) {
    return entries.stream().filter(Objects::nonNull).map(Entry::invoice).toList();
  }

  private void compareInvoices() {
    Set<String> stored = database.invoices().keySet();
    differences.add("invoices missing in the database", without(file.keySet(), stored));
    differences.add("invoices in the database but not in the file", without(stored, file.keySet()));
    differences.add(
        "invoices whose rows differ from the file",
        file.values().stream()
            .map(Entry::expected)
            .filter(entry -> stored.contains(entry.invoice().number()))
            .filter(entry -> !entry.equals(database.invoices().get(entry.invoice().number())))
            .map(entry -> entry.invoice().number())
            .toList());
  }

  private void compareSums() {
    Totals expected = Totals.of(file.values());
    differences.add("stock codes", expected.sold(), database.sold());
    differences.add("customers", expected.balances(), database.balances());
  }

  private void compareEvents() {
    Map<String, Long> times =
        queue.events().stream()
            .collect(
                Collectors.groupingBy(Event::number, LinkedHashMap::new, Collectors.counting()));
    differences.add("events of no invoice of the file", without(times.keySet(), file.keySet()));
    differences.add(
        "events that are there more than once",
        times.entrySet().stream()
            .filter(time -> time.getValue() > 1)
            .map(Map.Entry::getKey)
            .toList());
    differences.add("events whose text differs from the file", unlike(this::hasRightText));
    differences.add(
        "events with a wrong priority", unlike(event -> event.isUrgent() == cancels(event)));
    differences.add("events in a wrong message group", unlike(this::hasRightGroup));
    differences.add("events that are not persistent", unlike(Event::persistent));
    differences.addIf(
        queue.counted() != queue.events().size(),
        "events by the broker's count: " + queue.counted() + ", seen: " + queue.events().size());
  }

  private boolean hasRightText(Event event) {
    Invoice invoice = file.get(event.number());
    return invoice == null || Entry.expected(invoice).equals(event.entry());
  }

  private boolean cancels(Event event) {
    return event.number().startsWith("C");
  }

  private boolean hasRightGroup(Event event) {
    Invoice invoice = file.get(event.number());
    return invoice == null
        || Objects.equals(
            invoice.customer() == null ? null : invoice.customer().toString(), event.group());
  }

  private List<String> unlike(Predicate<Event> right) {
    return queue.events().stream().filter(right.negate()).map(Event::number).toList();
  }

  /** A customer's events come in the order of the file; cancellations overtake as they should. */
  private void compareOrder() {
    Map<String, Integer> positions = new HashMap<>();
    file.keySet().forEach(number -> positions.put(number, positions.size()));
    Map<String, Integer> last = new HashMap<>();
    List<String> late = new ArrayList<>();
    for (Event event : queue.events()) {
      Integer position = positions.get(event.number());
      if (position != null && event.group() != null) {
        Integer before = last.put(event.group() + event.isUrgent(), position);
        if (before != null && before > position) {
          late.add(event.number());
        }
      }
    }
    differences.add("events behind a later one of their customer", late);
  }

  private void compareInvoicesWithEvents() {
    Set<String> announced =
        queue.events().stream()
            .map(Event::number)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Set<String> stored = new LinkedHashSet<>(file.keySet());
    stored.retainAll(database.invoices().keySet());
    stored.addAll(database.invoices().keySet());
    differences.addPair(
        "invoices without event",
        without(stored, announced),
        "events without invoice",
        without(announced, stored));
  }

  private static List<String> without(Set<String> all, Set<String> known) {
    return all.stream().filter(number -> !known.contains(number)).toList();
  }
}
