package dev.handfast.xa.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.Configuration;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.config.RecoverySettings;
import dev.handfast.xa.config.ResourceSection;
import dev.handfast.xa.config.Settings;
import dev.handfast.xa.config.TestKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys and values without the sources they come from. */
class ConfigurationTest {

  @Test
  void takesDefaultsForAllThatIsNotGiven() {
    assertThat(of(Map.of()).settings())
        .isEqualTo(
            new Settings(
                new NodeName("shop-1"),
                Settings.DEFAULT_TIMEOUT,
                LogStoreSettings.file(Path.of("data/tx-log")),
                RecoverySettings.defaults()));
  }

  @Test
  void readsEveryKey() {
    Settings settings =
        of(Map.of(
                "handfast.node-name", " shop-2 ",
                "handfast.default-timeout", "5s",
                "handfast.log-store.type", "file",
                "handfast.log-store.directory", "/var/tx",
                "handfast.log-store.lock-wait", "0s",
                "handfast.log-store.allow-ram-disk", "true",
                "handfast.recovery.period", "1m",
                "handfast.recovery.call-timeout", "500ms",
                "handfast.recovery.missing-resources", "allow"))
            .settings();

    assertThat(settings)
        .isEqualTo(
            new Settings(
                new NodeName("shop-2"),
                Duration.ofSeconds(5),
                new LogStoreSettings.File(Path.of("/var/tx"), Duration.ZERO, true),
                new RecoverySettings(Duration.ofMinutes(1), Duration.ofMillis(500), true)));
  }

  @Test
  void needsNoDirectoryInMemory() {
    Configuration configuration =
        Configuration.of(
            Map.of("handfast.node-name", "shop-1", "handfast.log-store.type", "memory"), List.of());

    assertThat(configuration.settings().logStore()).isEqualTo(LogStoreSettings.inMemory());
  }

  @Test
  void groupsTheKeysOfResources() {
    Configuration configuration =
        of(
            Map.of(
                "handfast.jms.events.url", "tcp://localhost:61616",
                "handfast.datasource.orders.url", "jdbc:h2:./orders",
                "handfast.datasource.orders.recovery.username", "recovery"));

    assertThat(configuration.resources())
        .extracting(ResourceSection::toString)
        .containsExactly("handfast.datasource.orders", "handfast.jms.events");
    assertThat(configuration.resources().get(0).text("recovery.username")).contains("recovery");
  }

  @Test
  void neverPrintsTheValuesOfResources() {
    assertThat(of(Map.of("handfast.datasource.orders.password", "geheim")).toString())
        .contains("handfast.datasource.orders")
        .doesNotContain("geheim");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "handfast.default-timeout            | 0s    | must be at least 1s",
        "handfast.default-timeout            | 500ms | must be at least 1s",
        "handfast.default-timeout            | 60    | a duration has a unit, and 60 could be 60s or 60ms",
        "handfast.log-store.lock-wait        | -1s   | must be at least 0s",
        "handfast.recovery.period            | 0s    | must be at least 1ms",
        "handfast.recovery.call-timeout      | 0ms   | must be at least 1ms",
        "handfast.log-store.type             | disk  | must be 'file' or 'memory'",
        "handfast.log-store.allow-ram-disk   | yes   | must be 'true' or 'false'",
        "handfast.recovery.missing-resources | skip  | must be 'refuse' or 'allow'",
        "handfast.node-name                  | a~b   | a node name is 1 to 20 ASCII letters, digits,"
            + " '.', '_' and '-', not '~' (U+007E) at position 2",
        "handfast.log-store.directory        | ~/tx  | '~' is not expanded",
        "handfast.log-store.directory        | \"\"    | is empty",
      })
  void refusesAWrongValueWithKeyValueAndRule(String key, String value, String rule) {
    assertThatThrownBy(() -> of(Map.of(key, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(key + " = '" + value + "': " + rule + ". To solve this, ")
        .hasMessageEndingWith(".");
  }

  @Test
  void asksForADirectory() {
    assertThatThrownBy(() -> Configuration.of(Map.of("handfast.node-name", "a"), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "handfast.log-store.directory is missing: the log store needs a directory of this node"
                + " alone. To solve this, name one on a disk that keeps what was forced, for example"
                + " 'data/tx-log'.");
  }

  @Test
  void refusesADirectoryForTheStoreInMemory() {
    assertThatThrownBy(() -> of(Map.of("handfast.log-store.type", "memory")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "handfast.log-store.directory = 'data/tx-log': is given although"
                + " handfast.log-store.type is 'memory'. To solve this, remove it, or set the type"
                + " to 'file'.");
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                Configuration.of(
                    Map.of(
                        "handfast.default-timeout", "60",
                        "handfast.recovery.period", "0s",
                        "handfast.log-store.directory", "data"),
                    List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("The configuration has 3 problems:\n- handfast.default-timeout = ")
        .hasMessageContaining("\n- handfast.recovery.period = '0s'")
        .hasMessageContaining("\n- handfast.node-name is missing: ");
  }

  @Test
  void refusesTwoResourcesOfOneName() {
    assertThatThrownBy(
            () ->
                of(
                    Map.of(
                        "handfast.datasource.orders.url", "jdbc:h2:./orders",
                        "handfast.jms.orders.url", "tcp://localhost:61616")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "handfast.datasource.orders and handfast.jms.orders have one name, which recovery could"
                + " not tell apart. To solve this, rename one of them.");
  }

  @Test
  void refusesAResourceNameThatIsNone() {
    assertThatThrownBy(() -> of(Map.of("handfast.datasource.Orders.url", "jdbc:h2:./orders")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "handfast.datasource.Orders: resource name = 'Orders': a resource name is a lower-case"
                + " ASCII letter, then lower-case letters, digits and '-'. To solve this, use for"
                + " example 'orders'.");
  }

  @Test
  void aBuilderIsHeldToTheSameRules() {
    assertThatThrownBy(() -> new RecoverySettings(Duration.ZERO, Duration.ofSeconds(1), false))
        .hasMessage(
            "handfast.recovery.period = '0s': must be at least 1ms. To solve this, write for"
                + " example '10s'.");
    assertThatThrownBy(() -> new RecoverySettings(Duration.ofSeconds(1), Duration.ZERO, false))
        .hasMessageStartingWith("handfast.recovery.call-timeout = '0s': must be at least 1ms.");
    assertThatThrownBy(() -> new LogStoreSettings.File(Path.of("a"), Duration.ofSeconds(-1), false))
        .hasMessageStartingWith("handfast.log-store.lock-wait = '-1s': must be at least 0s.");
    assertThatThrownBy(() -> LogStoreSettings.file(Path.of("")))
        .hasMessageStartingWith(
            "handfast.log-store.directory = '': the log store needs a directory");
  }

  private static Configuration of(Map<String, String> properties) {
    var all = new HashMap<>(TestKeys.LEAST);
    all.putAll(properties);
    return Configuration.of(all, TestKeys.SECTIONS);
  }
}
