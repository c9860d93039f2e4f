package dev.handfast.xa.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.Configuration;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodKeysTest {

  private static final String BOOK = "handfast.transactional.\"com.acme.Orders.book\".timeout";
  private static final String ORDERS = "handfast.transactional.\"com.acme.Orders\".timeout";
  private static final String NESTED = "handfast.transactional.\"Shop$Orders\".timeout";

  @TempDir Path directory;

  @Test
  void readsTheTimeoutsOfMethodsAndClasses() {
    var given = new HashMap<>(TestKeys.LEAST);
    given.put(BOOK, "5s");
    given.put(ORDERS, "PT1M30S");
    given.put(NESTED, "250ms");

    assertThat(Configuration.of(given, TestKeys.SECTIONS).settings().methodTimeouts())
        .containsOnly(
            Map.entry("com.acme.Orders.book", Duration.ofSeconds(5)),
            Map.entry("com.acme.Orders", Duration.ofSeconds(90)),
            Map.entry("Shop$Orders", Duration.ofMillis(250)));
  }

  @Test
  void fileThenEnvironmentThenSystemPropertiesEachOverrides() throws IOException {
    var system = new Properties();
    system.setProperty(ORDERS, "2s");

    assertThat(
            load(
                BOOK + "=1s\n" + ORDERS + "=1s\n" + NESTED + "=1s\n",
                Map.of(
                    "HANDFAST_TRANSACTIONAL__COM_ACME_ORDERS_BOOK__TIMEOUT", "3s",
                    "HANDFAST_TRANSACTIONAL__COM_ACME_ORDERS__TIMEOUT", "3s"),
                system))
        .containsOnly(
            Map.entry("com.acme.Orders.book", Duration.ofSeconds(3)),
            Map.entry("com.acme.Orders", Duration.ofSeconds(2)),
            Map.entry("Shop$Orders", Duration.ofSeconds(1)));
  }

  private Map<String, Duration> load(
      String text, Map<String, String> environment, Properties system) throws IOException {
    var file = new StringBuilder(text);
    TestKeys.LEAST.forEach((key, value) -> file.append(key).append('=').append(value).append('\n'));
    Path path = Files.writeString(directory.resolve("handfast.properties"), file);
    return Configuration.load(path, environment, system, TestKeys.SECTIONS)
        .settings()
        .methodTimeouts();
  }

  @ParameterizedTest
  @CsvSource({
    "5, a duration has a unit",
    "0s, must be at least 1ms",
    "'', is empty",
  })
  void refusesAWrongTimeoutAsThoseOfOtherKeys(String value, String rule) {
    assertRefused(BOOK, value, BOOK + " = '" + value + "': " + rule);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '!',
      value = {
        "handfast.transactional.com.acme.Orders.timeout,"
            + " handfast.transactional.\"com.acme.Orders\".timeout",
        "handfast.transactional.\"com.acme.Orders\".timout,"
            + " handfast.transactional.\"com.acme.Orders\".timeout",
        "handfast.transactional.\"com/acme/Orders\".timeout,"
            + " handfast.transactional.\"com.acme.Orders.book\".timeout",
        "handfast.transactional, handfast.transactional.\"com.acme.Orders.book\".timeout",
        "handfast.transactional.\"\".timeout,"
            + " handfast.transactional.\"com.acme.Orders.book\".timeout",
      })
  void refusesAnUnknownKeyAndShowsHowItIsWritten(String key, String meant) {
    assertRefused(
        key,
        "5s",
        key
            + " is not a key of Handfast. To solve this, write '"
            + meant
            + "', the name of a class or of a method of it in quotes, or remove it.");
  }

  private static void assertRefused(String key, String value, String message) {
    var given = new HashMap<>(TestKeys.LEAST);
    given.put(key, value);
    assertThatThrownBy(() -> Configuration.of(given, TestKeys.SECTIONS))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(message);
  }
}
