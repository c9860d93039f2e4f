package dev.handfast.xa.jdbc;

import dev.handfast.xa.config.Urls;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the definition of a database holds; its builder validates it.
 *
 * @param url null if the data source is the user's own
 * @param source null if it is made from the URL
 * @param recovery null to recover with the working credentials
 */
record JdbcSettings(
    String name,
    @Nullable String url,
    @Nullable Supplier<? extends XADataSource> source,
    Credentials working,
    @Nullable Credentials recovery,
    int minSize,
    int maxSize,
    Duration acquisitionTimeout,
    boolean requiredAtStart,
    boolean allowH2Server) {

  static final String KIND = "datasource";
  static final int DEFAULT_MAX_SIZE = 20;
  static final Duration DEFAULT_ACQUISITION_TIMEOUT = Duration.ofSeconds(10);

  Credentials recoveryOrWorking() {
    return recovery == null ? working : recovery;
  }

  /** The key as it stands in a file. */
  String key(String relative) {
    return "handfast." + KIND + "." + name + "." + relative;
  }

  String maskedUrl() {
    return url == null ? "" : Urls.mask(url);
  }
}
