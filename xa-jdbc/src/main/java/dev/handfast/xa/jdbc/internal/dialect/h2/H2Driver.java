package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.config.Urls;
import dev.handfast.xa.jdbc.internal.dialect.DriverSource;
import java.util.Locale;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes and knows the data sources of H2's driver, which an application brings along and which this
 * module does not need.
 */
final class H2Driver {

  private static final DriverSource SOURCE = new DriverSource("org.h2.jdbcx.JdbcDataSource");

  private H2Driver() {}

  /**
   * Answers the URL of a data source of the driver, null if it is of another make or does not tell.
   */
  static @Nullable String urlOf(XADataSource source) {
    try {
      return SOURCE.made(source) ? DriverSource.get(source, "getURL") : null;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  static XADataSource newSource(String resource, String url, H2Url place) {
    return SOURCE.create(
        (type, source) ->
            type.getMethod("setURL", String.class).invoke(source, writtenAtOnce(url, place)),
        "Resource '" + resource + "': url = '" + Urls.mask(url) + "' is refused by H2",
        "Resource '"
            + resource
            + "': H2 is not on the class path. To solve this, add com.h2database:h2.");
  }

  /** Adds a setting without which H2 answers before it has written. */
  private static String writtenAtOnce(String url, H2Url place) {
    boolean told = url.toUpperCase(Locale.ROOT).contains(";WRITE_DELAY=");
    return told || place != H2Url.FILE ? url : url + ";WRITE_DELAY=0";
  }
}
