package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.config.Scrubber;
import dev.handfast.xa.config.Secret;
import dev.handfast.xa.config.Urls;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The values of a definition of one broker node.
 *
 * @param name the name of the resource
 * @param url the URL of the broker node, or null if the application gives a factory
 * @param factory the application's own connection factory, or null if there is a URL
 * @param working the credentials of the application's work
 * @param ownRecovery the credentials of recovery, or null for those of work
 * @param callTimeout the longest wait for one answer of the broker
 * @param maxSessions the most XA sessions that are open at a time
 * @param acquisitionTimeout the longest wait for a free XA session
 * @param clientId the client id that all connections share, or null
 * @param requiredAtStart whether the start is refused without the broker
 * @param allowNonPersistent whether a non-persistent message may be sent in a global transaction
 * @param allowObjectMessages whether serialised objects may be sent and are deserialised
 * @param allowAutoDelete whether a branch may depend on a queue that the broker deletes when empty
 */
public record ArtemisSettings(
    String name,
    @Nullable String url,
    @Nullable ActiveMQConnectionFactory factory,
    BrokerCredentials working,
    @Nullable BrokerCredentials ownRecovery,
    Duration callTimeout,
    int maxSessions,
    Duration acquisitionTimeout,
    @Nullable String clientId,
    boolean requiredAtStart,
    boolean allowNonPersistent,
    boolean allowObjectMessages,
    boolean allowAutoDelete) {

  /** The kind of the resource, and the name of its section in the configuration. */
  public static final String KIND = "jms";

  public static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(5);
  public static final int DEFAULT_MAX_SESSIONS = 20;
  public static final Duration DEFAULT_ACQUISITION_TIMEOUT = Duration.ofSeconds(10);

  /** Returns the credentials of recovery, which are those of work if there are no others. */
  public BrokerCredentials recovery() {
    return ownRecovery == null ? working : ownRecovery;
  }

  /** Returns where the broker is, without secrets. */
  public String maskedUrl() {
    return Urls.mask(url == null ? Connectors.describe(factory) : url);
  }

  /** Takes the secrets of the definition out of what the client and the broker say. */
  public Scrubber scrubber() {
    String theirs = factory == null ? null : factory.getPassword();
    return Scrubber.of(
        url,
        working.password(),
        ownRecovery == null ? null : ownRecovery.password(),
        theirs == null ? null : Secret.of(theirs));
  }

  /** Returns how each message about the resource begins. */
  public String owner() {
    return "resource '" + name + "'";
  }

  @Override
  public String toString() {
    return name + ", " + maskedUrl() + ", " + working.shown();
  }
}
