package dev.handfast.xa.jdbc.internal.dialect.h2;

import java.util.List;
import java.util.Locale;

/** Tells from an H2 URL where the database lives. */
public enum H2Url {
  FILE,
  MEMORY,
  SERVER;

  private static final String PREFIX = "jdbc:h2:";
  private static final List<String> SERVERS = List.of("tcp:", "ssl:");
  private static final List<String> MEMORIES =
      List.of("mem:", "memfs:", "memlz:", "niomemfs:", "niomemlz:");

  public static boolean isH2(String url) {
    return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /**
   * Answers where it lives. AUTO_SERVER is a server too, of which all processes but one are
   * clients.
   */
  static H2Url of(String url) {
    String lower = url.toLowerCase(Locale.ROOT).replace(" ", "");
    String place = lower.substring(PREFIX.length());
    if (SERVERS.stream().anyMatch(place::startsWith) || lower.contains(";auto_server=true")) {
      return SERVER;
    }
    return MEMORIES.stream().anyMatch(place::startsWith) ? MEMORY : FILE;
  }
}
