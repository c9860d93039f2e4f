package dev.handfast.xa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "orders", "orders-2", "db1", "recovery-db", "a--b-"})
  void acceptsLowerCaseNames(String name) {
    assertThat(ResourceNames.require(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "Orders, orders",
    "orderEvents, order-events",
    "order_events, order-events",
    "my.db, my-db",
    "1st, st",
    "'orders ', orders",
    "Ürl, rl",
    "-, orders",
    "URL, orders",
  })
  void refusesOtherFormsWithAProposal(String name, String proposal) {
    assertThatThrownBy(() -> ResourceNames.require(name))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "resource name = '%s': a resource name is a lower-case ASCII letter, then lower-case"
                + " letters, digits and '-'. To solve this, use for example '%s'.",
            name, proposal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"recovery", "url", "password", "datasource", "jms", "log-store"})
  void refusesTheWordsOfTheKeys(String name) {
    assertThatThrownBy(() -> ResourceNames.require(name))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "resource name = '%1$s': '%1$s' is a word of the configuration keys. To solve this,"
                + " use another name, for example '%1$s-1'.",
            name);
  }

  @Test
  void refusesNoName() {
    assertThatThrownBy(() -> ResourceNames.require(""))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "resource name is missing: a resource name is a lower-case ASCII letter, then"
                + " lower-case letters, digits and '-'. To solve this, name the resource, for"
                + " example 'orders'.");
  }
}
