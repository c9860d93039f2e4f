package dev.handfast.xa.artemis.internal.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.utils.ObjectInputStreamWithClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * Makes the client's factories for one broker node: they fail fast, never reconnect, never follow
 * the cluster to another node, and share no thread with anybody.
 */
public final class Connectors {

  private Connectors() {}

  /** Makes the factory of the connections for work, or returns the application's own. */
  static ActiveMQConnectionFactory working(ArtemisSettings settings) {
    if (settings.factory() != null) {
      return settings.factory();
    }
    ActiveMQConnectionFactory factory = BrokerUrl.parse(settings, String.valueOf(settings.url()));
    int millis = Math.toIntExact(settings.callTimeout().toMillis());
    factory.setCallTimeout(millis);
    factory.setCallFailoverTimeout(millis);
    factory.setReconnectAttempts(0);
    factory.setInitialConnectAttempts(1);
    factory.setBlockOnDurableSend(true);
    factory.setUseGlobalPools(false);
    factory.setUseTopologyForLoadBalancing(false);
    if (settings.clientId() != null) {
      factory.setClientID(settings.clientId());
      factory.setEnableSharedClientID(true);
    }
    if (!settings.allowObjectMessages()) {
      factory.setDeserializationDenyList(ObjectInputStreamWithClassLoader.CATCH_ALL_WILDCARD);
    }
    limitTransport(factory.getStaticConnectors()[0], settings.callTimeout());
    CleanTransport.use(factory.getServerLocator());
    return factory;
  }

  /** Makes the locator of recovery's connection to the node that the factory names. */
  public static ServerLocator recovery(ActiveMQConnectionFactory working, Duration callTimeout) {
    TransportConfiguration theirs = working.getStaticConnectors()[0];
    Map<String, Object> parameters = new HashMap<>(theirs.getParams());
    TransportConfiguration ours =
        new TransportConfiguration(
            theirs.getFactoryClassName(), parameters, theirs.getName(), theirs.getExtraParams());
    limitTransport(ours, callTimeout);
    ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(ours);
    locator.setCallTimeout(callTimeout.toMillis());
    locator.setCallFailoverTimeout(callTimeout.toMillis());
    locator.setReconnectAttempts(0);
    locator.setInitialConnectAttempts(1);
    locator.setUseGlobalPools(false);
    locator.setUseTopologyForLoadBalancing(false);
    locator.setConnectionTTL(working.getConnectionTTL());
    locator.setClientFailureCheckPeriod(working.getClientFailureCheckPeriod());
    CleanTransport.use(locator);
    return locator;
  }

  private static void limitTransport(TransportConfiguration transport, Duration callTimeout) {
    if (!transport.getFactoryClassName().equals(NettyConnectorFactory.class.getName())) {
      return;
    }
    Map<String, Object> parameters = transport.getParams();
    // The client's shared event loop ends ten seconds after its last user; our own ends with us.
    parameters.put(TransportConstants.USE_GLOBAL_WORKER_POOL_PROP_NAME, false);
    parameters.put(TransportConstants.REMOTING_THREADS_PROPNAME, 1);
    // The native transports are not among our dependencies; who adds them may ask for them.
    parameters.putIfAbsent(TransportConstants.USE_EPOLL_PROP_NAME, false);
    parameters.putIfAbsent(TransportConstants.USE_KQUEUE_PROP_NAME, false);
    parameters.putIfAbsent(
        TransportConstants.NETTY_CONNECT_TIMEOUT, Math.toIntExact(callTimeout.toMillis()));
  }

  /** Describes a factory that came without a URL by its host and port. */
  static String describe(@Nullable ActiveMQConnectionFactory factory) {
    if (factory == null || factory.getStaticConnectors() == null) {
      return "connection factory without a connector";
    }
    StringBuilder text = new StringBuilder();
    for (TransportConfiguration connector : factory.getStaticConnectors()) {
      text.append(text.isEmpty() ? "" : ",")
          .append("tcp://")
          .append(connector.getParams().get(TransportConstants.HOST_PROP_NAME))
          .append(':')
          .append(connector.getParams().get(TransportConstants.PORT_PROP_NAME));
    }
    return text.toString();
  }
}
