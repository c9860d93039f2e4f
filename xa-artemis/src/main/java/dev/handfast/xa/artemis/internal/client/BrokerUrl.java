package dev.handfast.xa.artemis.internal.client;

import dev.handfast.xa.config.Urls;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.utils.uri.URISupport;

/** Checks and reads the URL of a broker node, which must not set what this adapter sets itself. */
final class BrokerUrl {

  private static final String ONE_NODE =
      "a definition is one broker node, and recovery must reach the very node that holds a branch";
  private static final String POOL = "the pool replaces lost connections itself; remove it";

  /** The parameters that this adapter sets, each with what to do instead. */
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("user", "use the key username"),
          Map.entry("password", "use the key password or password-file"),
          Map.entry("clientID", "use the key client-id"),
          Map.entry("enableSharedClientID", "use the key client-id"),
          Map.entry("callTimeout", "use the key call-timeout"),
          Map.entry("callFailoverTimeout", "use the key call-timeout"),
          Map.entry("reconnectAttempts", POOL),
          Map.entry("failoverAttempts", POOL),
          Map.entry("initialConnectAttempts", POOL),
          Map.entry("ha", ONE_NODE),
          Map.entry("useTopologyForLoadBalancing", ONE_NODE),
          Map.entry("blockOnDurableSend", "durable sends always wait for the broker; remove it"),
          Map.entry("preAcknowledge", "a receipt is part of the transaction; remove it"),
          Map.entry("useGlobalPools", "each definition has its own threads; remove it"),
          Map.entry(
              TransportConstants.USE_GLOBAL_WORKER_POOL_PROP_NAME,
              "each connection has its own thread; remove it"),
          Map.entry(
              TransportConstants.REMOTING_THREADS_PROPNAME,
              "each connection has its own thread; remove it"));

  private BrokerUrl() {}

  static void check(ArtemisSettings settings, String url) {
    for (String parameter : parameters(settings, url)) {
      String mend = OURS.get(parameter);
      if (mend != null) {
        throw ArtemisSettingsRules.wrongUrl(
            settings, "must not set '" + parameter + "', which Handfast sets", mend);
      }
      if (!isKnown(parameter)) {
        throw ArtemisSettingsRules.wrongUrl(
            settings,
            "'" + parameter + "' is no parameter of the Artemis client",
            "correct or remove it");
      }
    }
    try (var factory = parse(settings, url)) {
      checkOneNode(settings, factory);
    }
  }

  static ActiveMQConnectionFactory parse(ArtemisSettings settings, String url) {
    try {
      return new ActiveMQConnectionFactory(url);
    } catch (RuntimeException e) {
      throw ArtemisSettingsRules.wrongUrl(
          settings,
          "is not a URL of an Artemis broker (" + Urls.mask(String.valueOf(e.getMessage())) + ")",
          "write it like tcp://localhost:61616");
    }
  }

  static void checkOneNode(ArtemisSettings settings, ActiveMQConnectionFactory factory) {
    if (factory.getDiscoveryGroupConfiguration() != null
        || factory.getStaticConnectors() == null
        || factory.getStaticConnectors().length != 1) {
      throw ArtemisSettingsRules.wrongUrl(
          settings, "must name exactly one connector: " + ONE_NODE, "make one definition per node");
    }
  }

  private static Iterable<String> parameters(ArtemisSettings settings, String url) {
    try {
      int query = url.indexOf('?');
      return query < 0
          ? new TreeSet<>()
          : new TreeSet<>(
              URISupport.parseParameters(new URI("x://y" + url.substring(query))).keySet());
    } catch (URISyntaxException e) {
      throw ArtemisSettingsRules.wrongUrl(
          settings, "is not a URL (" + e.getReason() + ")", "write it like tcp://localhost:61616");
    }
  }

  private static boolean isKnown(String parameter) {
    if (TransportConstants.ALLOWABLE_CONNECTOR_KEYS.contains(parameter)) {
      return true;
    }
    try {
      return Arrays.stream(
              Introspector.getBeanInfo(ActiveMQConnectionFactory.class).getPropertyDescriptors())
          .filter(property -> property.getWriteMethod() != null)
          .map(PropertyDescriptor::getName)
          .anyMatch(parameter::equals);
    } catch (IntrospectionException e) {
      return true;
    }
  }
}
