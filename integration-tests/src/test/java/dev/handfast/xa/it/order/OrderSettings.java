package dev.handfast.xa.it.order;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;

/**
 * Where everything is.
 *
 * @param directory of the log store
 * @param broker URL of the broker
 * @param orders URL of the first database
 * @param stock URL of the second database
 */
record OrderSettings(Path directory, String broker, String orders, String stock) {

  static final String USER = "ordered";
  static final String PASSWORD = "s3cret-pw";

  /** What the listener takes. */
  static final String REQUESTS = "requests";

  /** What is sent, and read by {@link Readers}. */
  static final String EVENTS = "events";

  /** What the listener gives up. */
  static final String LOST = "lost";

  /** Makes the databases and their tables. */
  static OrderSettings make(Path directory, BrokerProcess broker, PostgresServer server) {
    server.createRole(USER, PASSWORD);
    return new OrderSettings(
        directory, broker.url(), database(server, "orders"), database(server, "stock"));
  }

  private static String database(PostgresServer server, String name) {
    PostgresDatabase made = server.createDatabase(name, USER).as(USER, PASSWORD);
    made.execute("CREATE TABLE item (id BIGINT PRIMARY KEY)");
    return made.url();
  }

  static OrderSettings of(String[] arguments) {
    return new OrderSettings(Path.of(arguments[0]), arguments[1], arguments[2], arguments[3]);
  }

  String[] arguments() {
    return new String[] {directory.toString(), broker, orders, stock};
  }

  PostgresDatabase database(Part part) {
    return new PostgresDatabase(part == Part.ORDERS ? orders : stock, USER, PASSWORD);
  }
}
