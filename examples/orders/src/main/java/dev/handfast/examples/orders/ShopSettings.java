package dev.handfast.examples.orders;

import java.nio.file.Path;

/**
 * What a shop is opened with.
 *
 * @param directory of this run
 * @param brokerUrl of the broker
 * @param threads that book at the same time
 */
record ShopSettings(Path directory, String brokerUrl, int threads) {

  /**
   * The database: a file, which one process opens at a time. A local commit is written before it
   * returns (by default H2 may wait half a second, which a kill would not forgive), and a row that
   * another transaction holds is waited for.
   */
  String databaseUrl() {
    return "jdbc:h2:file:"
        + directory.resolve("db").resolve("orders").toAbsolutePath()
        + ";WRITE_DELAY=0;LOCK_TIMEOUT=10000";
  }

  Path logStore() {
    return directory.resolve("tx-log");
  }
}
