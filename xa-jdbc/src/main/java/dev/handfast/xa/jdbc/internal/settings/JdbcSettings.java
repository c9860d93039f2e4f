package dev.handfast.xa.jdbc.internal.settings;

import dev.handfast.xa.config.Scrubber;
import dev.handfast.xa.config.Urls;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the definition of a database says. The builder of the definition validates it.
 *
 * @param url null if the data source is the user's own
 * @param source null if it is made from the URL
 * @param recovery null to recover with the working credentials
 */
public record JdbcSettings(
    String name,
    @Nullable String url,
    @Nullable Supplier<? extends XADataSource> source,
    DatabaseCredentials working,
    @Nullable DatabaseCredentials recovery,
    int minSize,
    int maxSize,
    Duration acquisitionTimeout,
    boolean requiredAtStart,
    boolean allowH2Server) {

  public static final String KIND = "datasource";
  public static final int DEFAULT_MAX_SIZE = 20;
  public static final Duration DEFAULT_ACQUISITION_TIMEOUT = Duration.ofSeconds(10);

  public DatabaseCredentials recoveryOrWorking() {
    return recovery == null ? working : recovery;
  }

  /** Names a key in full, as it stands in a file. */
  public String key(String relative) {
    return "handfast." + KIND + "." + name + "." + relative;
  }

  public String maskedUrl() {
    return url == null ? "" : Urls.mask(url);
  }

  /** Takes the secrets of the definition out of what drivers say. */
  public Scrubber scrubber() {
    return Scrubber.of(url, working.password(), recovery == null ? null : recovery.password());
  }
}
