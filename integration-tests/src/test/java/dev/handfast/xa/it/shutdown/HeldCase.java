package dev.handfast.xa.it.shutdown;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.artemis.ArtemisResource;
import dev.handfast.xa.jdbc.JdbcResource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * One process: what holds it up, how it is told to end, and where everything is.
 *
 * @param directory of the log store
 * @param database its URL
 * @param broker its URL
 */
record HeldCase(Holder holder, End end, Path directory, String database, String broker) {

  /** What {@code closeOnShutdown} is given. */
  static final Duration BOUND = Duration.ofSeconds(3);

  /** What is committed before. */
  static final int FIRST = 1;

  /** What is held up. */
  static final int SECOND = 2;

  static final String USER = "held";
  static final String PASSWORD = "s3cret-pw";

  /** How the process is told to end. */
  enum End {
    SIGTERM,
    CLOSE,
    /** It closes by itself, within a transaction. */
    LEAVE_OPEN
  }

  static HeldCase of(String[] arguments) {
    return new HeldCase(
        Holder.valueOf(arguments[0]),
        End.valueOf(arguments[1]),
        Path.of(arguments[2]),
        arguments[3],
        arguments[4]);
  }

  String[] arguments() {
    return new String[] {holder.name(), end.name(), directory.toString(), database, broker};
  }

  /** Unique among the cases. */
  String name() {
    return (holder + "-" + end).replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** Whereto messages are sent. */
  String queue() {
    return "events-" + name();
  }

  /** What the listener takes. */
  String requests() {
    return "requests-" + name();
  }

  int databasePort() {
    return uri().getPort();
  }

  private URI uri() {
    return URI.create(database.substring("jdbc:".length()));
  }

  /** The database, seen through a port. */
  JdbcResource orders(int port) {
    return JdbcResource.named("orders")
        .url("jdbc:postgresql://127.0.0.1:" + port + uri().getPath())
        .username(USER)
        .password(PASSWORD)
        .maxSize(2)
        .build();
  }

  ArtemisResource events() {
    return ArtemisResource.named("events")
        .url(broker)
        .maxSessions(2)
        .callTimeout(patience())
        .build();
  }

  /** How long what is held up may take: what is to be held up by others is told to end before. */
  Duration patience() {
    return end == End.CLOSE && holder.isEndedByPatience()
        ? Duration.ofSeconds(10)
        : Duration.ofSeconds(60);
  }

  Handfast start(JdbcResource orders, ArtemisResource events) {
    return Handfast.builder()
        .nodeName("held-" + Integer.toHexString(name().hashCode()))
        .logStore(LogStore.file(directory.resolve("tx-log")))
        .resources(orders, events)
        .recoveryCallTimeout(patience())
        .start();
  }
}
