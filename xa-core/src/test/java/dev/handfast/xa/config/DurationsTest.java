package dev.handfast.xa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "60s, PT60S",
    "10m, PT10M",
    "1h, PT1H",
    "0s, PT0S",
    "007s, PT7S",
    "PT1M30S, PT1M30S",
    "pt5s, PT5S",
    "P1D, PT24H",
    "-5s, PT-5S",
  })
  void readsDurationsWithAUnit(String text, Duration duration) {
    assertThat(Durations.parse("k", text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({"PT60S, 60s", "PT0.5S, 500ms", "PT1H, 3600s", "PT0S, 0s", "PT0.0001S, PT0.0001S"})
  void writesWhatItReads(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
    assertThat(Durations.parse("k", text)).isEqualTo(duration);
  }

  @Test
  void refusesABareNumberWithBothReadings() {
    assertThatThrownBy(() -> Durations.parse("handfast.default-timeout", "60"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "handfast.default-timeout = '60': a duration has a unit, and 60 could be 60s or 60ms."
                + " To solve this, write '60s' or '60ms'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "s", "1.5s", "60 s", "60S", "60sec", "1d", "1h30m", "P", "٦s", "never"})
  void refusesWhatIsNoDuration(String text) {
    assertThatThrownBy(() -> Durations.parse("k", text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "k = '"
                + text
                + "': is not a duration. To solve this, write a whole number with its unit, such as"
                + " '500ms', '60s', '10m' or '1h', or an ISO-8601 duration such as 'PT1M30S'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999s", "9223372036854775807h", "9223372036854775807m"})
  void refusesWhatCannotBeCounted(String text) {
    assertThatThrownBy(() -> Durations.parse("k", text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "k = '"
                + text
                + "': is longer than can be counted. To solve this, write a shorter duration.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0s                  | must be at least 1s          | 10s",
        "-5s                 | must be at least 1s          | 10s",
        "500ms               | must be at least 1s          | 10s",
        "1500ms              | must be whole seconds        | 2s",
        "2147483648s         | must be at most 2147483647s  | 2147483647s",
        "9223372036854775807s| must be at most 2147483647s  | 2147483647s",
      })
  void refusesATimeoutOutOfRange(String text, String rule, String proposal) {
    assertThatThrownBy(() -> DurationRange.DEFAULT_TIMEOUT.parse(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "handfast.default-timeout = '%s': %s. To solve this, write for example '%s'.",
            text, rule, proposal);
  }

  @Test
  void acceptsTheEndsOfTheRange() {
    assertThat(DurationRange.DEFAULT_TIMEOUT.parse("1s")).isEqualTo(Duration.ofSeconds(1));
    assertThat(DurationRange.DEFAULT_TIMEOUT.parse("2147483647s"))
        .isEqualTo(Duration.ofSeconds(Integer.MAX_VALUE));
    assertThat(DurationRange.LOCK_WAIT.parse("0s")).isZero();
  }
}
