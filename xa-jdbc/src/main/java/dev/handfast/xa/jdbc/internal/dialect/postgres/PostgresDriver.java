package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.Urls;
import java.lang.reflect.InvocationTargetException;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's driver, which an application brings along and which this module does not need. */
public final class PostgresDriver {

  private static final String PREFIX = "jdbc:postgresql:";
  private static final String SOURCE = "org.postgresql.xa.PGXADataSource";

  private PostgresDriver() {}

  public static boolean isItsUrl(String url) {
    return url.startsWith(PREFIX);
  }

  /** The URL of a data source of the driver, null if it is of another make. */
  public static @Nullable String urlOf(XADataSource source) {
    if (!source.getClass().getName().equals(SOURCE)) {
      return null;
    }
    try {
      return String.valueOf(source.getClass().getMethod("getUrl").invoke(source));
    } catch (ReflectiveOperationException e) {
      return PREFIX;
    }
  }

  static XADataSource newSource(String resource, String url) {
    try {
      Class<?> type = Class.forName(SOURCE, true, PostgresDriver.class.getClassLoader());
      Object source = type.getConstructor().newInstance();
      // First, so that the URL can say otherwise.
      type.getMethod("setTcpKeepAlive", boolean.class).invoke(source, true);
      type.getMethod("setUrl", String.class).invoke(source, url);
      return (XADataSource) source;
    } catch (InvocationTargetException e) {
      throw new ConfigurationException(
          "Resource '"
              + resource
              + "': url = '"
              + Urls.mask(url)
              + "' is refused by the PostgreSQL driver. To solve this, give a URL such as"
              + " jdbc:postgresql://localhost:5432/"
              + resource
              + ".",
          e);
    } catch (ReflectiveOperationException e) {
      throw new ConfigurationException(
          "Resource '"
              + resource
              + "': the PostgreSQL driver is not on the class path. To solve this, add"
              + " org.postgresql:postgresql.",
          e);
    }
  }
}
