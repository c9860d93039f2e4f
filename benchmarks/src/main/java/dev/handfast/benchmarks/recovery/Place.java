package dev.handfast.benchmarks.recovery;

import java.nio.file.Path;

/**
 * Where one measurement takes place, as it is told to its processes.
 *
 * @param log directory of the transaction log
 * @param postgres URL of the database
 * @param broker URL of the broker
 * @param transactions how many
 */
record Place(Path log, String postgres, String broker, int transactions) {

  static final String USER = "scale";
  static final String PASSWORD = "s3cret-pw";
  static final String QUEUE = "scale";
  static final String NODE = "scale";
  static final String STOCK = "stock";
  static final String EVENTS = "events";

  static Place of(String[] arguments) {
    return new Place(
        Path.of(arguments[0]), arguments[1], arguments[2], Integer.parseInt(arguments[3]));
  }

  String[] arguments() {
    return new String[] {log.toString(), postgres, broker, Integer.toString(transactions)};
  }
}
