package dev.handfast.examples.orders.audit;

import dev.handfast.examples.orders.input.Invoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is compared.
 *
 * @param file the invoices by number, in the order of the file
 */
record Found(
    Map<String, Invoice> file, OrdersState orders, ShipmentsState shipping, BrokerState broker) {

  static Found of(
      List<Invoice> invoices, OrdersState orders, ShipmentsState shipping, BrokerState broker) {
    Map<String, Invoice> file = new LinkedHashMap<>();
    invoices.forEach(invoice -> file.put(invoice.number(), invoice));
    return new Found(file, orders, shipping, broker);
  }

  List<Shipment> shipments() {
    return shipping.shipments();
  }

  List<Notification> notifications() {
    return broker.notifications().messages();
  }

  /** Branches in doubt anywhere. */
  int inDoubt() {
    return orders.inDoubt() + shipping.inDoubt() + broker.inDoubt();
  }

  /**
   * The number of each event that left a trace, by the id of its message: it is still in its queue,
   * or a dead letter, or a shipment or a notification names it.
   */
  Map<String, String> events() {
    Map<String, String> events = new LinkedHashMap<>();
    broker.events().messages().forEach(letter -> events.put(letter.id(), letter.number()));
    broker.deadLetters().messages().forEach(letter -> events.put(letter.id(), letter.number()));
    notifications().forEach(notice -> events.putIfAbsent(notice.event(), notice.number()));
    shipments().forEach(shipment -> events.put(shipment.event(), shipment.number()));
    return events;
  }
}
