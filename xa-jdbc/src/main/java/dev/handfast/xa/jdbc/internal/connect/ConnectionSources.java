package dev.handfast.xa.jdbc.internal.connect;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.settings.JdbcLog;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.ResourceContext;
import java.sql.SQLException;
import javax.sql.XADataSource;

/**
 * Holds where the connections of work and those of recovery come from, and the dialect that they
 * speak.
 */
public record ConnectionSources(
    Dialect dialect, ConnectionSource working, ConnectionSource recovery) {

  public static ConnectionSources of(JdbcSettings settings, ResourceContext context) {
    String url = settings.url();
    var supplier = settings.source();
    Dialect dialect;
    XADataSource work;
    XADataSource recover;
    if (supplier != null) {
      work = supplier.get();
      recover = supplier.get();
      dialect = DialectChoice.forSource(settings, work);
    } else {
      dialect = DialectChoice.forUrl(settings, String.valueOf(url));
      work = newSource(settings, dialect);
      recover = newSource(settings, dialect);
      limit(settings, work, settings.acquisitionTimeout().toSeconds());
      limit(settings, recover, context.recoveryCallTimeout().toSeconds());
    }
    return new ConnectionSources(
        dialect,
        new ConnectionSource(settings, dialect, work, settings.working()),
        new ConnectionSource(settings, dialect, recover, settings.recoveryOrWorking()));
  }

  /** The driver may tell in what it throws whatever stands in the URL. */
  private static XADataSource newSource(JdbcSettings settings, Dialect dialect) {
    try {
      return dialect.newSource();
    } catch (ConfigurationException e) {
      Throwable cause = settings.scrubber().failure(e).getCause();
      throw cause == null || cause.equals(e.getCause())
          ? e
          : new ConfigurationException(String.valueOf(e.getMessage()), cause);
    }
  }

  private static void limit(JdbcSettings settings, XADataSource source, long seconds) {
    try {
      source.setLoginTimeout(Math.toIntExact(Math.max(1, seconds)));
    } catch (SQLException | RuntimeException e) {
      JdbcLog.debug(settings.name(), "the driver has no login timeout: " + e.getMessage());
    }
  }
}
