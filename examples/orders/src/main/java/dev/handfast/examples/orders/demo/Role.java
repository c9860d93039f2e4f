package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.OrdersApplication;
import dev.handfast.examples.orders.shipping.ShippingApplication;

/** Who works in a demo, and may be killed; in the order in which they are started. */
enum Role {
  BROKER("broker", "broker"),
  SHIPPING("shipping", ShippingApplication.NODE),
  APPLICATION("application", OrdersApplication.NODE);

  private final String title;
  private final String node;

  Role(String title, String node) {
    this.title = title;
    this.node = node;
  }

  /** For the viewer. */
  String title() {
    return title;
  }

  /** The name of its node, which is also its user name at the broker. */
  String node() {
    return node;
  }
}
