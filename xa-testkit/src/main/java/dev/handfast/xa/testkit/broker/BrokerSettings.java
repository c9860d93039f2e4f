package dev.handfast.xa.testkit.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a broker process is told by its parent, over its standard input: no password shows up in a
 * process list.
 */
record BrokerSettings(
    Path directory,
    int port,
    Map<String, String> users,
    Duration journalBufferTimeout,
    List<String> interceptors,
    String deadLetterAddress,
    boolean deletesQueues,
    Map<String, Long> limits) {

  BrokerSettings {
    users = Map.copyOf(users);
    limits = Map.copyOf(limits);
    interceptors = List.copyOf(interceptors);
  }

  private static final String USER = "user.";
  private static final String LIMIT = "limit.";

  Map<String, String> toLines() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("directory", directory.toString());
    lines.put("port", Integer.toString(port));
    lines.put("journal-buffer-timeout", Long.toString(journalBufferTimeout.toNanos()));
    lines.put("interceptors", String.join(",", interceptors));
    lines.put("dead-letter-address", deadLetterAddress);
    lines.put("deletes-queues", Boolean.toString(deletesQueues));
    users.forEach((name, password) -> lines.put(USER + name, password));
    limits.forEach((address, bytes) -> lines.put(LIMIT + address, Long.toString(bytes)));
    return lines;
  }

  static BrokerSettings fromLines(Map<String, String> lines) {
    Map<String, String> users = new LinkedHashMap<>();
    Map<String, Long> limits = new LinkedHashMap<>();
    lines.forEach(
        (key, value) -> {
          if (key.startsWith(USER)) {
            users.put(key.substring(USER.length()), value);
          } else if (key.startsWith(LIMIT)) {
            limits.put(key.substring(LIMIT.length()), Long.valueOf(value));
          }
        });
    String interceptors = value(lines, "interceptors");
    return new BrokerSettings(
        Path.of(value(lines, "directory")),
        Integer.parseInt(value(lines, "port")),
        users,
        Duration.ofNanos(Long.parseLong(value(lines, "journal-buffer-timeout"))),
        interceptors.isEmpty() ? List.of() : List.of(interceptors.split(",")),
        value(lines, "dead-letter-address"),
        Boolean.parseBoolean(value(lines, "deletes-queues")),
        limits);
  }

  String url() {
    return "tcp://127.0.0.1:" + port;
  }

  private static String value(Map<String, String> lines, String key) {
    return Objects.requireNonNull(lines.get(key), key);
  }
}
