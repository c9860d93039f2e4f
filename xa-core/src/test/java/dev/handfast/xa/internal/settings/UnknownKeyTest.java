package dev.handfast.xa.internal.settings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.Configuration;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.TestKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownKeyTest {

  @ParameterizedTest
  @CsvSource({
    "handfast.node-nam, handfast.node-name",
    "handfast.nodeName, handfast.node-name",
    "handfast.node.name, handfast.node-name",
    "handfast.timeout, handfast.default-timeout",
    "hanfast.node-name, handfast.node-name",
    "node-name, handfast.node-name",
    "handfast.log-store.dir, handfast.log-store.directory",
    "handfast.logstore.lock-wait, handfast.log-store.lock-wait",
    "handfast.recovery.peroid, handfast.recovery.period",
    "handfast.datasource.orders.ulr, handfast.datasource.orders.url",
    "handfast.datasource.orders.user, handfast.datasource.orders.username",
    "handfast.datasource.orders.maxSize, handfast.datasource.orders.max-size",
    "handfast.datasource.orders.pasword, handfast.datasource.orders.password",
    "handfast.datasource.orders.passwordfile, handfast.datasource.orders.password-file",
    "handfast.datasource.orders.recovery.user, handfast.datasource.orders.recovery.username",
    "handfast.datasorce.orders.url, handfast.datasource.orders.url",
  })
  void proposesTheNearestKey(String key, String nearest) {
    assertRefused(
        key,
        key + " is not a key of Handfast. To solve this, write '" + nearest + "' or remove it.");
  }

  @Test
  void listsTheKeysOfTheSectionWhereNoneIsNear() {
    assertRefused(
        "handfast.jms.events.zzzzzzzzz",
        "handfast.jms.events.zzzzzzzzz is not a key of Handfast. To solve this, remove it or use one"
            + " of url, required-at-start.");
  }

  @Test
  void listsTheRuntimesKeysWhereNoneIsNear() {
    assertRefused(
        "zz",
        "zz is not a key of Handfast. To solve this, remove it or use one of handfast.node-name,"
            + " handfast.default-timeout, handfast.log-store.type, handfast.log-store.directory,"
            + " handfast.log-store.lock-wait, handfast.log-store.allow-ram-disk,"
            + " handfast.log-store.allow-open-directory,"
            + " handfast.recovery.period, handfast.recovery.call-timeout,"
            + " handfast.recovery.missing-resources, handfast.control.enabled.");
  }

  @ParameterizedTest
  @CsvSource({
    "handfast.datasource.url, handfast.datasource.NAME.url",
    "handfast.datasource.recovery.username, handfast.datasource.NAME.recovery.username",
  })
  void asksForTheResourceNameThatWasLeftOut(String key, String full) {
    assertRefused(key, key + " has no resource name. To solve this, write '" + full + "'.");
  }

  @ParameterizedTest
  @CsvSource({"handfast.datasource.orders", "handfast.datasource"})
  void asksForTheRestOfAKeyThatWasCutShort(String key) {
    assertRefused(
        key,
        key
            + " lacks the resource name or the key. To solve this, write"
            + " 'handfast.datasource.NAME.KEY'.");
  }

  @Test
  void namesTheModuleOfASectionThatNoAdapterReads() {
    assertThatThrownBy(() -> Configuration.of(with("handfast.jms.events.url"), List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "handfast.jms.events.url is read by no adapter on the class path. To solve this, add the"
                + " module handfast-xa-artemis or remove the key.");
  }

  @Test
  void neverPrintsTheValueAndNoControlCharacter() {
    assertThatThrownBy(() -> Configuration.of(with("x\u001b[2J\ny"), TestKeys.SECTIONS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("x\\u001B[2J\\u000Ay is not a key of Handfast.")
        .message()
        .doesNotContain("geheim", "\n", "\u001b");
  }

  @Test
  void cutsAKeyWithoutEnd() {
    assertThatThrownBy(() -> Configuration.of(with("k".repeat(1_000_000)), TestKeys.SECTIONS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("k".repeat(200) + "… is not a key of Handfast.");
  }

  private static void assertRefused(String key, String message) {
    assertThatThrownBy(() -> Configuration.of(with(key), TestKeys.SECTIONS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  private static Map<String, String> with(String key) {
    var properties = new HashMap<>(TestKeys.LEAST);
    properties.put(key, "geheim");
    return properties;
  }
}
