package dev.handfast.xa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "Z", "0", "2", "11", "shop-1", "a.b_c-D", "12345678901234567890"})
  void acceptsOneToTwentyAllowedCharacters(String name) {
    assertThat(new NodeName(name)).hasToString(name);
  }

  @Test
  void refusesNoNameAndSaysWhyThereIsNoDefault() {
    assertRefused(
        "",
        "handfast.node-name is missing: a node name is 1 to 20 ASCII letters, digits, '.', '_' and"
            + " '-', and there is no default, because nodes that share a name finish each other's"
            + " branches. To solve this, set it to a name that no other node has and that stays the"
            + " same at every restart, for example 'shop-1'.");
  }

  @Test
  void refusesTheNameThatUnnamedNodesShare() {
    assertRefused(
        "1",
        "handfast.node-name = '1': '1' is what nodes are called that nobody named, so others may"
            + " have it, and nodes that share a name finish each other's branches. To solve this,"
            + " give this node a name that no other node has and that stays the same at every"
            + " restart, for example 'shop-1'.");
  }

  @Test
  void refusesTwentyOneCharactersWithAProposal() {
    assertRefused(
        "order-service-7d9f8b6",
        "handfast.node-name = 'order-service-7d9f8b6': a node name is 1 to 20 ASCII letters, digits,"
            + " '.', '_' and '-', this has 21. To solve this, use a shorter name that no other node"
            + " has and that stays the same at every restart, for example"
            + " 'order-service-aclvhs'.");
  }

  @Test
  void proposalsAreNamesAndKeepNamesOfEqualHeadsApart() {
    String first = proposal("order-service-7d9f8b6c5-x2x4z");
    String second = proposal("order-service-7d9f8b6c5-q9k2m");

    assertThat(first).hasSize(20).startsWith("order-service-").isNotEqualTo(second);
    assertThat(new NodeName(first).value()).isEqualTo(first);
    assertThat(proposal("order-service-7d9f8b6c5-x2x4z")).isEqualTo(first);
  }

  @Test
  void namesTheForbiddenCharacterAndItsPosition() {
    assertRefused(
        "shop~1",
        "handfast.node-name = 'shop~1': a node name is 1 to 20 ASCII letters, digits, '.', '_' and"
            + " '-', not '~' (U+007E) at position 5. To solve this, leave that character out.");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "shop 1", "shöp", "shop/1", "shop\n", "shop\u0000", "١٢", "店"})
  void refusesEveryOtherCharacter(String name) {
    assertThatThrownBy(() -> new NodeName(name))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("handfast.node-name = ")
        .hasMessageContaining(", not ")
        .hasMessageContaining(" at position ")
        .message()
        .doesNotContain("\n", "\u0000");
  }

  private static void assertRefused(String name, String message) {
    assertThatThrownBy(() -> new NodeName(name))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  private static String proposal(String name) {
    try {
      return new NodeName(name).value();
    } catch (ConfigurationException e) {
      return String.valueOf(e.getMessage()).replaceAll("(?s).*for example '(.*)'\\.", "$1");
    }
  }
}
