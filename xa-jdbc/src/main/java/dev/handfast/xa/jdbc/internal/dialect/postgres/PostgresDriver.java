package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.config.Urls;
import dev.handfast.xa.jdbc.internal.dialect.DriverSource;
import java.util.Set;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes and knows the data sources of PostgreSQL's driver, which an application brings along and
 * which this module does not need.
 */
public final class PostgresDriver {

  private static final String PREFIX = "jdbc:postgresql:";
  private static final Set<String> NO_SERVER = Set.of("//", "///");
  private static final DriverSource SOURCE = new DriverSource("org.postgresql.xa.PGXADataSource");

  private PostgresDriver() {}

  /** Whether a URL is one of the driver's. */
  public static boolean isItsUrl(String url) {
    return url.startsWith(PREFIX);
  }

  /**
   * Why the driver cannot take a URL of its own, or null if it may. It would say so itself, in its
   * log, with the URL as it is and the password in it.
   */
  public static @Nullable String refusal(String url) {
    String server = url.substring(PREFIX.length()).replaceFirst("(?s)\\?.*", "");
    if (!server.startsWith("//") || NO_SERVER.contains(server)) {
      return null;
    }
    String[] hostsAndDatabase = server.substring(2).split("/", -1);
    if (hostsAndDatabase[0].contains("@")) {
      return "has a user before the host, which PostgreSQL's driver takes for a part of its name";
    }
    return hostsAndDatabase.length == 2
        ? null
        : "has not the form //host:port/database, with one '/' before the database";
  }

  /** Answers the URL of a data source of the driver, null if it is of another make. */
  public static @Nullable String urlOf(XADataSource source) {
    try {
      return SOURCE.made(source) ? DriverSource.get(source, "getUrl") : null;
    } catch (ReflectiveOperationException e) {
      return PREFIX;
    }
  }

  static XADataSource newSource(String resource, String url) {
    return SOURCE.create(
        (type, source) -> {
          // First, so that the URL can say otherwise.
          type.getMethod("setTcpKeepAlive", boolean.class).invoke(source, true);
          type.getMethod("setUrl", String.class).invoke(source, url);
        },
        "Resource '"
            + resource
            + "': url = '"
            + Urls.mask(url)
            + "' is refused by the PostgreSQL driver. To solve this, give a URL such as"
            + " jdbc:postgresql://localhost:5432/"
            + resource
            + ".",
        "Resource '"
            + resource
            + "': the PostgreSQL driver is not on the class path. To solve this, add"
            + " org.postgresql:postgresql.");
  }
}
