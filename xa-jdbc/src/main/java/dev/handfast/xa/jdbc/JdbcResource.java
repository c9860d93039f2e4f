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
 * Defines one database; it is an immutable value. Its handle is a pooled {@link DataSource} that
 * enlists itself in the global transaction of the calling thread and gives that transaction one and
 * the same connection. Outside a transaction it is a plain pool.
 *
 * <p>A transaction belongs to its thread. Its connection, and all that was reached from it, is
 * refused on another thread; a connection that is opened on another thread is a plain one, which
 * commits by itself and takes no part in the transaction.
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

  /** Answers {@code datasource}. */
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

  /** Names the database without any secret. */
  @Override
  public String toString() {
    String where = settings.url() == null ? "own XADataSource" : settings.maskedUrl();
    return "JdbcResource[" + name() + ", " + where + ", " + settings.working().shownUser() + "]";
  }

  /** Collects a definition. It is not safe for use by many threads. */
  public static final class Builder {

    // What every adapter's builder has stands in each, since a call returns the builder's own type.
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

    /** Sets the JDBC URL. This or {@link #xaDataSource} is mandatory. */
    public Builder url(String url) {
      this.url = Objects.requireNonNull(url, "url");
      return this;
    }

    /**
     * Sets a data source of your own in place of a URL. The supplier is called at start, once for
     * work and once for recovery, and must not need the database. Without {@link #username}
     * connections are taken with the data source's own credentials. A database other than H2 and
     * PostgreSQL has to show at start that its prepared branches outlive their connections and that
     * it says so of a branch that it does not know; the start is refused if it does not.
     */
    public Builder xaDataSource(Supplier<? extends XADataSource> source) {
      this.source = Objects.requireNonNull(source, "source");
      return this;
    }

    /**
     * Sets the user of the application's work. Without one, the URL or the driver says who it is;
     * one that is set here is taken in place of one in the URL.
     */
    public Builder username(String username) {
      this.username = Objects.requireNonNull(username, "username");
      return this;
    }

    /** Sets the password of {@link #username}. */
    public Builder password(String password) {
      return password(Secret.of(password));
    }

    /**
     * Sets the password of {@link #username}. A secret from a file is read anew at each connect.
     */
    public Builder password(Secret password) {
      this.password = Objects.requireNonNull(password, "password");
      return this;
    }

    /** Sets the credentials of recovery. Without this call they are those of work. */
    public Builder recovery(String username, String password) {
      return recovery(username, Secret.of(password));
    }

    /** Sets the credentials of recovery. Without this call they are those of work. */
    public Builder recovery(String username, Secret password) {
      this.recovery =
          new DatabaseCredentials(
              Objects.requireNonNull(username, "username"),
              Objects.requireNonNull(password, "password"));
      return this;
    }

    /**
     * Sets how many connections are open at a time at the most, without the one of recovery.
     * Without this call they are 20.
     */
    public Builder maxSize(int connections) {
      this.maxSize = connections;
      return this;
    }

    /** Sets how many connections are kept open when idle. Without this call none are. */
    public Builder minSize(int connections) {
      this.minSize = connections;
      return this;
    }

    /**
     * Sets how long {@code getConnection} waits for a free connection. Without this call it is 10
     * s.
     */
    public Builder acquisitionTimeout(Duration timeout) {
      this.acquisitionTimeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /**
     * Sets whether the start is refused while the database cannot be reached. Without this call it
     * is.
     */
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
     * Makes the definition.
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
