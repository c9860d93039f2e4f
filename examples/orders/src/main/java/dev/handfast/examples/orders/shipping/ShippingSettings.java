package dev.handfast.examples.orders.shipping;

import java.nio.file.Path;

/**
 * What shipping is opened with.
 *
 * @param directory of this run
 * @param brokerUrl of the broker
 * @param threads that ship at the same time
 */
record ShippingSettings(Path directory, String brokerUrl, int threads) {

  /** A database of its own; a local commit is written before it returns. */
  String databaseUrl() {
    return "jdbc:h2:file:"
        + directory.resolve("db").resolve("shipments").toAbsolutePath()
        + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000";
  }

  Path logStore() {
    return directory.resolve("shipping-tx-log");
  }
}
