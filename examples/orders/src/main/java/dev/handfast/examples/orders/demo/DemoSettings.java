package dev.handfast.examples.orders.demo;

import java.nio.file.Path;

/**
 * What a demo is played with.
 *
 * @param directory of this run, with {@code orders.csv} in it
 * @param invoices in that file
 * @param crashes how processes are killed
 * @param threads that book, and as many that ship
 * @param seed of the crashes
 * @param handfast whether the work on an invoice, and that on an event, is one transaction
 */
record DemoSettings(
    Path directory, int invoices, Crashes crashes, int threads, long seed, boolean handfast) {

  /** The order file in the directory. */
  static final String ORDERS = "orders.csv";

  /** How long the broker takes over each invoice where a viewer needs time to kill. */
  int slowMillis() {
    return Math.max(1, Math.min(1000, 25_000 * threads / invoices));
  }

  /** The file that H2 keeps a worker's database in. */
  Path databaseFile(Role worker) {
    String name = worker == Role.SHIPPING ? "shipments" : "orders";
    return directory.resolve("db").resolve(name + ".mv.db");
  }
}
