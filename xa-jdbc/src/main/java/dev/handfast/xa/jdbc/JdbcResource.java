package dev.handfast.xa.jdbc;

import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.ResourceNames;
import dev.handfast.xa.config.Secret;
import dev.handfast.xa.jdbc.internal.connect.DialectChoice;
import dev.handfast.xa.jdbc.internal.settings.DatabaseCredentials;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettingsRules;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceManager;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one database: an immutable value. Its handle is a pooled {@link DataSource}
 * that enlists itself in the global transaction of the calling thread and gives that transaction
 * one and the same connection; outside a transaction it is a plain pool.
 *
 * <pre>{@code
 * var orders = JdbcResource.named("orders").url("jdbc:h2:./data/orders").build();
 * }</pre>
 */
public final class JdbcResource implements Resource<DataSource> {

  private final JdbcSettings settings;

  private JdbcResource(JdbcSettings settings) {
    this.settings = settings;
  }

  /**
   * Begins the definition of a database.
   *
   * @param name permanent and unique, {@code [a-z][a-z0-9-]*}
   * @throws ConfigurationException if it is no name of a resource
   */
  public static Builder named(String name) {
    return new Builder(ResourceNames.require(name));
  }

  @Override
  public String name() {
    return settings.name();
  }

  /** {@code datasource}. */
  @Override
  public String kind() {
    return JdbcSettings.KIND;
  }

  @Override
  public Class<DataSource> handleType() {
    return DataSource.class;
  }

  @Override
  public ResourceManager<DataSource> open(ResourceContext context) {
    return JdbcResourceManager.open(settings, context);
  }

  /** Without any secret. */
  @Override
  public String toString() {
    String where = settings.url() == null ? "own XADataSource" : settings.maskedUrl();
    return "JdbcResource[" + name() + ", " + where + ", " + settings.working().shownUser() + "]";
  }

  /** Collects a definition. Not safe for use by many threads. */
  public static final class Builder {

    private final String name;
    private @Nullable String url;
    private @Nullable Supplier<? extends XADataSource> source;
    private @Nullable String username;
    private @Nullable Secret password;
    private @Nullable DatabaseCredentials recovery;
    private int minSize;
    private int maxSize = JdbcSettings.DEFAULT_MAX_SIZE;
    private Duration acquisitionTimeout = JdbcSettings.DEFAULT_ACQUISITION_TIMEOUT;
    private boolean requiredAtStart = true;
    private boolean allowH2Server;

    private Builder(String name) {
      this.name = name;
    }

    /** The JDBC URL. This or {@link #xaDataSource} is mandatory. */
    public Builder url(String url) {
      this.url = Objects.requireNonNull(url, "url");
      return this;
    }

    /**
     * A data source of your own in place of a URL. The supplier is called at start, once for work
     * and once for recovery, and must not need the database. Without {@link #username} connections
     * are taken with the data source's own credentials.
     */
    public Builder xaDataSource(Supplier<? extends XADataSource> source) {
      this.source = Objects.requireNonNull(source, "source");
      return this;
    }

    /** The user of the application's work; without one, the URL or the driver says who. */
    public Builder username(String username) {
      this.username = Objects.requireNonNull(username, "username");
      return this;
    }

    /** The password of {@link #username}. */
    public Builder password(String password) {
      return password(Secret.of(password));
    }

    /** The password of {@link #username}; a secret from a file is read anew at each connect. */
    public Builder password(Secret password) {
      this.password = Objects.requireNonNull(password, "password");
      return this;
    }

    /** The credentials of recovery; those of work unless told. */
    public Builder recovery(String username, String password) {
      return recovery(username, Secret.of(password));
    }

    /** The credentials of recovery; those of work unless told. */
    public Builder recovery(String username, Secret password) {
      this.recovery =
          new DatabaseCredentials(
              Objects.requireNonNull(username, "username"),
              Objects.requireNonNull(password, "password"));
      return this;
    }

    /** The most connections open at a time, without the one of recovery; 20 unless told. */
    public Builder maxSize(int connections) {
      this.maxSize = connections;
      return this;
    }

    /** The connections kept open when idle; 0 unless told. */
    public Builder minSize(int connections) {
      this.minSize = connections;
      return this;
    }

    /** How long {@code getConnection} waits for a free connection; 10 s unless told. */
    public Builder acquisitionTimeout(Duration timeout) {
      this.acquisitionTimeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /** Whether the start is refused while the database cannot be reached; true unless told. */
    public Builder requiredAtStart(boolean required) {
      this.requiredAtStart = required;
      return this;
    }

    /**
     * Accepts an H2 server URL, although the server forgets the prepared branches of an application
     * that dies: updates that were reported as committed can be lost.
     */
    public Builder allowH2Server() {
      this.allowH2Server = true;
      return this;
    }

    /**
     * The definition.
     *
     * @throws ConfigurationException if something is missing, or can never work
     */
    public JdbcResource build() {
      var settings =
          new JdbcSettings(
              name,
              url,
              source,
              new DatabaseCredentials(username, password),
              recovery,
              minSize,
              maxSize,
              acquisitionTimeout,
              requiredAtStart,
              allowH2Server);
      JdbcSettingsRules.checkSource(settings);
      if (url != null) {
        DialectChoice.forUrl(settings, url);
      }
      JdbcSettingsRules.checkPoolAndUser(settings);
      return new JdbcResource(settings);
    }
  }
}
