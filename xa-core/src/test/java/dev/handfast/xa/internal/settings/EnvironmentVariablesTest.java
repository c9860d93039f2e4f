package dev.handfast.xa.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.ConfigValue;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.TestKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentVariablesTest {

  private final List<String> warnings = new ArrayList<>();
  private final Logger logger = Logger.getLogger("dev.handfast.xa.config");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord log) {
          warnings.add(log.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.setUseParentHandlers(true);
    logger.removeHandler(handler);
  }

  @ParameterizedTest
  @CsvSource({
    "HANDFAST_NODE_NAME, handfast.node-name",
    "HANDFAST_LOG_STORE_ALLOW_RAM_DISK, handfast.log-store.allow-ram-disk",
    "HANDFAST_DATASOURCE_ORDERS_URL, handfast.datasource.orders.url",
    "HANDFAST_DATASOURCE_ORDERS_PASSWORD, handfast.datasource.orders.password",
    "HANDFAST_DATASOURCE_ORDERS_PASSWORD_FILE, handfast.datasource.orders.password-file",
    "HANDFAST_DATASOURCE_ORDER_LINES_MAX_SIZE, handfast.datasource.order-lines.max-size",
    "HANDFAST_DATASOURCE_ORDERS_RECOVERY_USERNAME, handfast.datasource.orders.recovery.username",
    "HANDFAST_DATASOURCE_RECOVERY_DB_USERNAME, handfast.datasource.recovery-db.username",
    "HANDFAST_JMS_EVENTS_REQUIRED_AT_START, handfast.jms.events.required-at-start",
    "HANDFAST_JMS_EVENTS_URL, handfast.jms.events.url",
  })
  void meansAKeyByItsEnd(String variable, String key) {
    assertThat(read(Map.of(variable, "tcp://x"), Set.of())).containsOnlyKeys(key);
    assertThat(warnings).isEmpty();
  }

  @Test
  void prefersAResourceThatIsConfigured() {
    String variable = "HANDFAST_DATASOURCE_ORDERS_RECOVERY_USERNAME";

    assertThat(read(Map.of(variable, "x"), Set.of("handfast.datasource.orders-recovery.url")))
        .containsOnlyKeys("handfast.datasource.orders-recovery.username");
    assertThat(
            read(Map.of(variable, "x", "HANDFAST_DATASOURCE_ORDERS_RECOVERY_URL", "y"), Set.of()))
        .containsOnlyKeys(
            "handfast.datasource.orders-recovery.username",
            "handfast.datasource.orders-recovery.url");
  }

  @Test
  void refusesWhatCouldMeanTwoConfiguredResources() {
    var configured =
        Set.of("handfast.datasource.orders-recovery.url", "handfast.datasource.orders.url");

    assertThatThrownBy(
            () -> read(Map.of("HANDFAST_DATASOURCE_ORDERS_RECOVERY_USERNAME", "x"), configured))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "The environment variable HANDFAST_DATASOURCE_ORDERS_RECOVERY_USERNAME can mean"
                + " handfast.datasource.orders.recovery.username or"
                + " handfast.datasource.orders-recovery.username. To solve this, unset it and set"
                + " the key in the file or as a system property.");
  }

  @Test
  void warnsOnceOfAllThatMeanNoKey() {
    Map<String, ConfigValue> values =
        read(
            Map.of(
                "HANDFAST_NODENAME", "geheim",
                "HANDFAST_DATASOURCE_ORDERS_COLOUR", "geheim",
                "handfast_node_name", "geheim",
                "handfast.node-name", "geheim",
                "PATH", "/bin"),
            Set.of());

    assertThat(values).isEmpty();
    assertThat(warnings)
        .containsExactly(
            "HANDFAST001010 No key of Handfast, therefore ignored:"
                + " HANDFAST_DATASOURCE_ORDERS_COLOUR, HANDFAST_NODENAME (HANDFAST_NODE_NAME?),"
                + " handfast.node-name (HANDFAST_NODE_NAME?), handfast_node_name"
                + " (HANDFAST_NODE_NAME?). To solve this, correct or unset these environment"
                + " variables");
  }

  @Test
  void ignoresServiceLinks() {
    Map<String, ConfigValue> values =
        read(
            Map.of(
                "HANDFAST_PORT", "tcp://10.0.0.1:61616",
                "HANDFAST_SERVICE_HOST", "10.0.0.1",
                "HANDFAST_SERVICE_PORT", "61616",
                "HANDFAST_SERVICE_PORT_CORE", "61616",
                "HANDFAST_PORT_61616_TCP", "tcp://10.0.0.1:61616",
                "HANDFAST_PORT_61616_TCP_PROTO", "tcp",
                "HANDFAST_PORT_61616_TCP_PORT", "61616",
                "HANDFAST_PORT_61616_TCP_ADDR", "10.0.0.1",
                "HANDFAST_JMS_EVENTS_PORT", "udp://10.0.0.1:53"),
            Set.of());

    assertThat(values).isEmpty();
    assertThat(warnings).isEmpty();
  }

  private static Map<String, ConfigValue> read(
      Map<String, String> environment, Set<String> configured) {
    var problems = new Problems();
    var variables =
        new EnvironmentVariables(new KeyCatalog(TestKeys.SECTIONS), configured, problems);
    Map<String, ConfigValue> values = variables.read(environment);
    problems.throwIfAny();
    return values;
  }
}
