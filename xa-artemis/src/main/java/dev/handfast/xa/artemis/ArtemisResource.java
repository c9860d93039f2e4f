package dev.handfast.xa.artemis;

import dev.handfast.xa.artemis.internal.client.ArtemisSettings;
import dev.handfast.xa.artemis.internal.client.ArtemisSettingsRules;
import dev.handfast.xa.artemis.internal.client.BrokerCredentials;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.ResourceNames;
import dev.handfast.xa.config.Secret;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceContext;
import dev.handfast.xa.spi.ResourceManager;
import java.time.Duration;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one Artemis broker node: an immutable value. Its handle is a JMS connection
 * factory that enlists itself in the global transaction of the calling thread.
 *
 * <pre>{@code
 * var events = ArtemisResource.named("events").url("tcp://localhost:61616").build();
 * }</pre>
 */
public final class ArtemisResource implements Resource<ArtemisConnections> {

  private final ArtemisSettings settings;

  private ArtemisResource(ArtemisSettings settings) {
    this.settings = settings;
  }

  /**
   * Begins the definition of a broker node.
   *
   * @param name permanent and unique per broker node, {@code [a-z][a-z0-9-]*}
   * @throws ConfigurationException if it is no name of a resource
   */
  public static Builder named(String name) {
    return new Builder(ResourceNames.require(name));
  }

  @Override
  public String name() {
    return settings.name();
  }

  /** Returns {@code jms}. */
  @Override
  public String kind() {
    return ArtemisSettings.KIND;
  }

  @Override
  public Class<ArtemisConnections> handleType() {
    return ArtemisConnections.class;
  }

  @Override
  public ResourceManager<ArtemisConnections> open(ResourceContext context) {
    return ArtemisResourceManager.open(settings, context);
  }

  /** Describes the definition without any secret. */
  @Override
  public String toString() {
    return "ArtemisResource[" + settings + "]";
  }

  /** Collects a definition. Not safe for use by many threads. */
  public static final class Builder {

    // What every adapter's builder has stands in each, since a call returns the builder's own type.
    private final String name;
    private @Nullable String url;
    private @Nullable ActiveMQConnectionFactory factory;
    private @Nullable String username;
    private @Nullable Secret password;
    private @Nullable BrokerCredentials recovery;
    private Duration callTimeout = ArtemisSettings.DEFAULT_CALL_TIMEOUT;
    private int maxSessions = ArtemisSettings.DEFAULT_MAX_SESSIONS;
    private Duration acquisitionTimeout = ArtemisSettings.DEFAULT_ACQUISITION_TIMEOUT;
    private @Nullable String clientId;
    private boolean requiredAtStart = true;
    private boolean allowNonPersistent;
    private boolean allowObjectMessages;
    private boolean allowAutoDelete;

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Sets the URL of one broker node, {@code tcp://host:port}, with Artemis' parameters for the
     * transport (TLS and such) and the client. This or {@link #connectionFactory} is mandatory.
     */
    public Builder url(String url) {
      this.url = Objects.requireNonNull(url, "url");
      return this;
    }

    /**
     * Sets a factory of your own in place of a URL. It is used as it is and never closed; it must
     * name one connector, block on durable sends, neither reconnect nor follow the cluster's
     * topology. Without {@link #username} the factory's own credentials are used.
     */
    public Builder connectionFactory(ActiveMQConnectionFactory factory) {
      this.factory = Objects.requireNonNull(factory, "factory");
      return this;
    }

    /** Sets the user of the application's work. */
    public Builder username(String username) {
      this.username = Objects.requireNonNull(username, "username");
      return this;
    }

    /** Sets the password of {@link #username}. */
    public Builder password(String password) {
      return password(Secret.of(password));
    }

    /** Sets the password of {@link #username}; one from a file is read anew at each connect. */
    public Builder password(Secret password) {
      this.password = Objects.requireNonNull(password, "password");
      return this;
    }

    /** Sets the credentials of recovery, which are those of work unless told. */
    public Builder recovery(String username, String password) {
      return recovery(username, Secret.of(password));
    }

    /** Sets the credentials of recovery, which are those of work unless told. */
    public Builder recovery(String username, Secret password) {
      this.recovery =
          new BrokerCredentials(
              Objects.requireNonNull(username, "username"),
              Objects.requireNonNull(password, "password"));
      return this;
    }

    /** Sets how long one call waits for the broker's answer; 5 s unless told, at least 1 ms. */
    public Builder callTimeout(Duration timeout) {
      this.callTimeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /** Sets the most XA sessions open at a time, one per transaction; 20 unless told. */
    public Builder maxSessions(int sessions) {
      this.maxSessions = sessions;
      return this;
    }

    /** Sets how long a transaction waits for a free XA session; 10 s unless told. */
    public Builder acquisitionTimeout(Duration timeout) {
      this.acquisitionTimeout = Objects.requireNonNull(timeout, "timeout");
      return this;
    }

    /** Sets the client id of all connections, for durable subscriptions in transactions. */
    public Builder clientId(String id) {
      this.clientId = Objects.requireNonNull(id, "id");
      return this;
    }

    /** Sets whether a start without the broker is refused; true unless told. */
    public Builder requiredAtStart(boolean required) {
      this.requiredAtStart = required;
      return this;
    }

    /**
     * Accepts non-persistent messages in global transactions, although a broker that restarts
     * between prepare and commit loses them and still answers the commit with OK.
     */
    public Builder allowNonPersistent() {
      this.allowNonPersistent = true;
      return this;
    }

    /**
     * Accepts messages with serialised objects, which are refused otherwise: who can send one
     * chooses the classes that the receiver loads. With it, limit them by the URL's parameter
     * {@code deserializationAllowList}.
     */
    public Builder allowObjectMessages() {
      this.allowObjectMessages = true;
      return this;
    }

    /**
     * Accepts queues in global transactions that the broker deletes when they are empty and nobody
     * consumes, although it takes no account of messages in prepared branches: they are lost.
     */
    public Builder allowAutoDelete() {
      this.allowAutoDelete = true;
      return this;
    }

    /**
     * Makes the definition, which keeps no tie to this builder.
     *
     * @throws ConfigurationException if something is missing, or can never work
     */
    public ArtemisResource build() {
      var settings =
          new ArtemisSettings(
              name,
              url,
              factory,
              new BrokerCredentials(username, password),
              recovery,
              callTimeout,
              maxSessions,
              acquisitionTimeout,
              clientId,
              requiredAtStart,
              allowNonPersistent,
              allowObjectMessages,
              allowAutoDelete);
      ArtemisSettingsRules.check(settings);
      return new ArtemisResource(settings);
    }
  }
}
