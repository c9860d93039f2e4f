package dev.handfast.xa.it.kill;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where everything is.
 *
 * @param directory of the application's log store, its H2 database and its ledger
 * @param postgres URL of the PostgreSQL database
 * @param broker URL of the broker
 * @param firstId of the transactions of this run of the application
 */
record KillSettings(Path directory, String postgres, String broker, long firstId) {

  static final String USER = "kill";
  static final String PASSWORD = "s3cret-pw";
  static final Duration RECOVERY_PERIOD = Duration.ofSeconds(2);

  static KillSettings of(String[] arguments) {
    return new KillSettings(
        Path.of(arguments[0]), arguments[1], arguments[2], Long.parseLong(arguments[3]));
  }

  String[] arguments() {
    return new String[] {directory.toString(), postgres, broker, String.valueOf(firstId)};
  }

  KillSettings from(long id) {
    return new KillSettings(directory, postgres, broker, id);
  }

  String h2() {
    return "jdbc:h2:file:" + directory.resolve("orders") + ";WRITE_DELAY=0";
  }

  Path log() {
    return directory.resolve("tx-log");
  }

  Path ledger() {
    return directory.resolve("ledger");
  }

  /** What the application printed, in all its lives. */
  Path output() {
    return directory.resolve("application.log");
  }

  String queue() {
    return "kill";
  }
}
