package dev.handfast.xa.jdbc.internal.connect;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.jdbc.internal.dialect.Dialect;
import dev.handfast.xa.jdbc.internal.dialect.GenericDialect;
import dev.handfast.xa.jdbc.internal.dialect.h2.H2Dialect;
import dev.handfast.xa.jdbc.internal.dialect.h2.H2Url;
import dev.handfast.xa.jdbc.internal.dialect.postgres.PostgresDialect;
import dev.handfast.xa.jdbc.internal.dialect.postgres.PostgresDriver;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettingsRules;
import javax.sql.XADataSource;

/** Chooses the dialect of a database by its URL, or by the class of its data source. */
public final class DialectChoice {

  private DialectChoice() {}

  /**
   * Chooses by the URL.
   *
   * @throws ConfigurationException if no driver is known for it, or it can never work
   */
  public static Dialect forUrl(JdbcSettings settings, String url) {
    if (H2Url.isH2(url)) {
      return H2Dialect.of(settings, url);
    }
    if (PostgresDriver.isItsUrl(url)) {
      requireForm(settings, url);
      return new PostgresDialect(settings.name(), url);
    }
    throw JdbcSettingsRules.wrong(
        settings,
        "url",
        "'" + settings.maskedUrl() + "'",
        "no XA driver is known for it; known are: jdbc:h2: and jdbc:postgresql:",
        "use one of these, or give the driver's own XADataSource to JdbcResource.named(\""
            + settings.name()
            + "\").xaDataSource(…)");
  }

  private static void requireForm(JdbcSettings settings, String url) {
    String refusal = PostgresDriver.refusal(url);
    if (refusal != null) {
      throw JdbcSettingsRules.wrong(
          settings,
          "url",
          "'" + settings.maskedUrl() + "'",
          refusal,
          "write it like jdbc:postgresql://localhost:5432/"
              + settings.name()
              + ", and give the keys username and password or password-file");
    }
  }

  /** Chooses by the class of a data source that the application brought along. */
  static Dialect forSource(JdbcSettings settings, XADataSource source) {
    String h2 = H2Dialect.urlOf(source);
    if (h2 != null) {
      return H2Dialect.of(settings, h2);
    }
    String postgres = PostgresDriver.urlOf(source);
    return postgres == null
        ? new GenericDialect(settings.name(), source.getClass().getName())
        : new PostgresDialect(settings.name(), postgres);
  }
}
