package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.config.Urls;
import java.time.Duration;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a definition consists of.
 *
 * @param name of the resource
 * @param url of the broker node, or null with a factory of the application's own
 * @param factory the application's own, or null with a URL
 * @param working the credentials of the application's work
 * @param ownRecovery the credentials of recovery, or null for those of work
 * @param callTimeout of one blocking call to the broker
 * @param maxSessions open at a time in global transactions
 * @param acquisitionTimeout the longest wait for one of them
 * @param clientId of every connection, or null
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

  /** The credentials of recovery. */
  public BrokerCredentials recovery() {
    return ownRecovery == null ? working : ownRecovery;
  }

  /** Where the broker is, without secrets. */
  public String maskedUrl() {
    return Urls.mask(url == null ? Connectors.describe(factory) : url);
  }

  /** How a message begins. */
  public String owner() {
    return "resource '" + name + "'";
  }

  @Override
  public String toString() {
    return name + ", " + maskedUrl() + ", " + working.shown();
  }
}
