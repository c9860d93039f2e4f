package dev.handfast.xa.artemis.internal.client;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Checks that a connection factory of the application's own is safe in global transactions. */
final class ConnectionFactoryRules {

  private ConnectionFactoryRules() {}

  static void check(ArtemisSettings settings, ActiveMQConnectionFactory factory) {
    BrokerUrl.checkOneNode(settings, factory);
    require(
        settings,
        factory.getReconnectAttempts() == 0,
        "reconnects by itself, which can make a lost branch vote OK",
        "call setReconnectAttempts(0)");
    require(
        settings,
        factory.isBlockOnDurableSend(),
        "does not wait for durable sends, which a crash of the broker then loses",
        "call setBlockOnDurableSend(true)");
    require(
        settings,
        !factory.isPreAcknowledge(),
        "acknowledges before delivery, outside any transaction",
        "call setPreAcknowledge(false)");
    require(
        settings,
        !factory.isHA() && !factory.isUseTopologyForLoadBalancing(),
        "may connect to another node than the one it names, where recovery does not look",
        "call setUseTopologyForLoadBalancing(false), and make it without HA");
  }

  private static void require(ArtemisSettings settings, boolean holds, String rule, String mend) {
    if (!holds) {
      throw ArtemisSettingsRules.wrongUrl(settings, "the connection factory " + rule, mend);
    }
  }
}
