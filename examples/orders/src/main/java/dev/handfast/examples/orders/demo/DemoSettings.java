package dev.handfast.examples.orders.demo;

import java.nio.file.Path;

/**
 * What a demo is played with.
 *
 * @param directory of this run, with {@code orders.csv} in it
 * @param invoices in that file
 * @param crashes how the application is killed
 * @param threads that book
 * @param seed of the crashes
 * @param handfast whether rows and event are one transaction
 */
record DemoSettings(
    Path directory, int invoices, Crashes crashes, int threads, long seed, boolean handfast) {

  /** The order file in the directory. */
  static final String ORDERS = "orders.csv";

  /** How long the broker takes over each invoice where a viewer needs time to kill. */
  int slowMillis() {
    return Math.max(1, Math.min(1000, 25_000 * threads / invoices));
  }

  /** The file that H2 keeps the database in. */
  Path databaseFile() {
    return directory.resolve("db").resolve("orders.mv.db");
  }
}
