package dev.handfast.xa.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceSectionTest {

  private static final String KEY = "handfast.datasource.orders.";

  @TempDir Path directory;

  @Test
  void readsEachType() {
    var section =
        section(Map.of("url", " u ", "wait", "5s", "size", "20", "on", "true", "mode", "lazy"));

    assertThat(section.text("url")).contains("u");
    assertThat(section.duration("wait")).contains(Duration.ofSeconds(5));
    assertThat(section.integer("size")).contains(20);
    assertThat(section.bool("on")).contains(true);
    assertThat(section.choice("mode", "eager", "lazy")).contains("lazy");
  }

  @Test
  void answersNothingForWhatIsNotGiven() {
    var section = section(Map.of());

    assertThat(section.text("x")).isEmpty();
    assertThat(section.duration("x")).isEmpty();
    assertThat(section.integer("x", 1, 2)).isEmpty();
    assertThat(section.bool("x")).isEmpty();
    assertThat(section.secret("x")).isEmpty();
  }

  @Test
  void refusesAnEmptyValue() {
    assertRefused(
        () -> section(Map.of("url", " ")).text("url"),
        KEY + "url = ' ': is empty. To solve this, give it a value or remove the key.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1.5", "+1", "1_000", "0x10", "٣", "1 2"})
  void refusesWhatIsNoWholeNumber(String text) {
    assertRefused(
        () -> section(Map.of("size", text)).integer("size"),
        KEY
            + "size = '"
            + text
            + "': is not a whole number. To solve this, write digits only, for example '10'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "6", "2147483648", "99999999999999999999999"})
  void refusesANumberOutOfRange(String text) {
    assertRefused(
        () -> section(Map.of("size", text)).integer("size", 1, 5),
        KEY + "size = '" + text + "': must be from 1 to 5. To solve this, write for example '5'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "TRUE", "1", "on"})
  void refusesWhatIsNeitherTrueNorFalse(String text) {
    assertRefused(
        () -> section(Map.of("on", text)).bool("on"),
        KEY
            + "on = '"
            + text
            + "': must be 'true' or 'false'. To solve this, write 'true' or 'false'.");
  }

  @ParameterizedTest
  @CsvSource({"0s, 1ms, 10s", "-1s, 1ms, 10s"})
  void refusesADurationThatIsNotPositive(String text, String least, String proposal) {
    assertRefused(
        () -> section(Map.of("wait", text)).duration("wait"),
        KEY
            + "wait = '"
            + text
            + "': must be at least "
            + least
            + ". To solve this, write for example '"
            + proposal
            + "'.");
  }

  @Test
  void acceptsZeroWhereTheRangeDoes() {
    var section = section(Map.of("wait", "0s"));

    assertThat(section.duration("wait", Duration.ZERO, Duration.ofHours(1)))
        .contains(Duration.ZERO);
  }

  @Test
  void refusesABareNumberAsDuration() {
    assertRefused(
        () -> section(Map.of("wait", "5")).duration("wait"),
        KEY
            + "wait = '5': a duration has a unit, and 5 could be 5s or 5ms. To solve this, write"
            + " '5s' or '5ms'.");
  }

  @Test
  void masksTheSecretsOfAUrlInAnAdaptersRefusal() {
    var section = section(Map.of("url", "tcp://u:geheim@h?password=geheim"));

    assertThat(section.wrong("url", "is a bad one", "write another"))
        .hasMessage(
            KEY
                + "url = 'tcp://u:***@h?password=***': is a bad one. To solve this, write"
                + " another.");
  }

  @Test
  void neverPrintsASecretEvenIfReadWithAnotherType() {
    var section = section(Map.of("recovery.password", "geheim"));

    assertThatThrownBy(() -> section.integer("recovery.password"))
        .hasMessageStartingWith(KEY + "recovery.password = ***: is not a whole number.");
    assertThat(section.toString()).isEqualTo("handfast.datasource.orders");
    assertThat(section.secret("recovery.password").orElseThrow()).hasToString("***");
  }

  @Test
  void keepsASecretAsItIsWritten() {
    assertThat(section(Map.of("password", " a ")).secret("password").orElseThrow().reveal())
        .isEqualTo(" a ");
    assertThat(section(Map.of("password", "")).secret("password").orElseThrow().reveal()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'geheim\n',geheim", "'geheim\r\n',geheim", "'geheim\n\n','geheim\n'", "' g ',' g '"})
  void stripsOneLineEndFromASecretFile(String content, String secret) throws IOException {
    Path file = Files.writeString(directory.resolve("p"), content);

    assertThat(fileSection(file).secret("password").orElseThrow().reveal()).isEqualTo(secret);
  }

  @Test
  void readsASecretFileAnewAtEachUse() throws IOException {
    Path file = Files.writeString(directory.resolve("p"), "old\n");
    Secret secret = fileSection(file).secret("password").orElseThrow();
    assertThat(secret.reveal()).isEqualTo("old");

    Files.writeString(file, "new\n");
    assertThat(secret.reveal()).isEqualTo("new");

    Files.delete(file);
    assertRefused(
        secret::reveal,
        KEY
            + "password-file = '"
            + file
            + "': there is no such file. To solve this, create it or name the file that holds the"
            + " secret.");
  }

  @Test
  void refusesASecretFileThatIsNotThere() {
    Path missing = directory.resolve("missing");

    assertRefused(
        () -> fileSection(missing).secret("password"),
        KEY
            + "password-file = '"
            + missing
            + "': there is no such file. To solve this, create it or name the file that holds the"
            + " secret.");
  }

  @Test
  void tellsWhereARelativeSecretFileWasLookedFor() {
    Path relative = Path.of("no", "such", "secret");

    assertRefused(
        () -> fileSection(relative).secret("password"),
        KEY
            + "password-file = '"
            + relative
            + "': there is no such file ("
            + relative.toAbsolutePath()
            + "). To solve this, create it or name the file that holds the secret.");
  }

  @Test
  void refusesSecretFilesThatCannotHoldOne() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    Path large = Files.write(directory.resolve("large"), new byte[64 * 1024 + 1]);
    Path latin = Files.write(directory.resolve("l"), "ä".getBytes(StandardCharsets.ISO_8859_1));

    assertFileRefused(directory, "is not a regular file, which can be read anew", "name a file");
    assertFileRefused(empty, "is an empty file", "write the secret into it");
    assertFileRefused(large, "holds more than 64 KiB, which is no secret", "name another file");
    assertFileRefused(latin, "is not UTF-8 text", "write the secret into it as UTF-8");
  }

  @Test
  void refusesASecretGivenTwice() {
    var section = section(Map.of("password", "geheim", "password-file", "/run/p"));

    assertRefused(
        () -> section.secret("password"),
        KEY
            + "password = ***: is given together with "
            + KEY
            + "password-file. To solve this, remove one of the two.");
  }

  @Test
  void wordsWhatIsMissing() {
    assertThat(section(Map.of()).missing("url", "a database has an address", "set it"))
        .hasMessage(KEY + "url is missing: a database has an address. To solve this, set it.");
  }

  private void assertFileRefused(Path file, String rule, String mend) {
    assertRefused(
        () -> fileSection(file).secret("password"),
        KEY + "password-file = '" + file + "': " + rule + ". To solve this, " + mend + ".");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ConfigurationException.class).hasMessage(message);
  }

  private static ResourceSection fileSection(Path file) {
    return section(Map.of("password-file", file.toString()));
  }

  private static ResourceSection section(Map<String, String> values) {
    return new ResourceSection("datasource", "orders", values);
  }
}
