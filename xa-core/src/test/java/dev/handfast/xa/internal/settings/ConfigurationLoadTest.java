package dev.handfast.xa.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.config.Configuration;
import dev.handfast.xa.config.ConfigurationException;
import dev.handfast.xa.config.NodeName;
import dev.handfast.xa.config.ResourceSection;
import dev.handfast.xa.config.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File, environment and system properties, and what a message tells of them. */
class ConfigurationLoadTest {

  private static final String LEAST =
      "handfast.node-name=shop-1\nhandfast.log-store.directory=data/tx-log\n";

  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("shop.properties");
  }

  @Test
  void readsTheFile() throws IOException {
    write(
        """
        # a comment that ends in a backslash \\
        ! another
        handfast.node-name = shop-1
        \thandfast.log-store.directory:data/\\
            tx-log
        handfast.datasource.orders.username=J\\u00e4ger
        handfast.datasource.orders.password=Größe\\\\n
        """);

    Configuration configuration = load();

    ResourceSection orders = configuration.resources().get(0);
    assertThat(configuration.settings().logStore().directory()).isEqualTo(Path.of("data/tx-log"));
    assertThat(orders.text("username")).contains("Jäger");
    assertThat(orders.secret("password").orElseThrow().reveal()).isEqualTo("Größe\\n");
  }

  @Test
  void skipsAByteOrderMarkAndKnowsEveryLineEnd() throws IOException {
    write("\uFEFFhandfast.node-name=shop-1\rhandfast.log-store.directory=a\r\n\r\n");

    assertThat(load().settings().nodeName()).isEqualTo(new NodeName("shop-1"));
  }

  @Test
  void environmentOverridesTheFileAndSystemPropertiesBoth() throws IOException {
    write(
        LEAST
            + """
            handfast.default-timeout=1s
            handfast.recovery.period=1s
            handfast.datasource.orders.max-size=1
            """);

    Configuration configuration =
        load(
            Map.of(
                "HANDFAST_RECOVERY_PERIOD", "2s",
                "HANDFAST_DEFAULT_TIMEOUT", "2s",
                "HANDFAST_DATASOURCE_ORDERS_MAX_SIZE", "2"),
            Map.of("handfast.default-timeout", "3s", "unrelated", "x"));

    assertThat(configuration.settings().recovery().period()).isEqualTo(Duration.ofSeconds(2));
    assertThat(configuration.settings().defaultTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(configuration.resources().get(0).integer("max-size")).contains(2);
  }

  @Test
  void aMessageTellsTheSourceOfTheValue() throws IOException {
    write(LEAST + "\nhandfast.default-timeout=1\nhandfast.datasource.orders.max-size=x\n");

    assertRefused(Map.of(), Map.of())
        .hasMessageEndingWith("write '1s' or '1ms'. (From " + file + ", line 4.)");
    assertRefused(Map.of("HANDFAST_DEFAULT_TIMEOUT", "2"), Map.of())
        .hasMessageEndingWith("(From environment variable HANDFAST_DEFAULT_TIMEOUT.)");
    assertRefused(Map.of(), Map.of("handfast.default-timeout", "3"))
        .hasMessageEndingWith("(From system property handfast.default-timeout.)");
    ResourceSection orders =
        load(Map.of("HANDFAST_DEFAULT_TIMEOUT", "1s"), Map.of()).resources().get(0);
    assertThatThrownBy(() -> orders.integer("max-size"))
        .hasMessageEndingWith("for example '10'. (From " + file + ", line 5.)");
  }

  @Test
  void aSecretGivenTwiceNamesBothSources() throws IOException {
    write(LEAST + "handfast.datasource.orders.password=geheim\n");
    ResourceSection orders =
        load(Map.of("HANDFAST_DATASOURCE_ORDERS_PASSWORD_FILE", "/run/p"), Map.of())
            .resources()
            .get(0);

    assertThatThrownBy(() -> orders.secret("password"))
        .hasMessage(
            "handfast.datasource.orders.password = ***: is given together with"
                + " handfast.datasource.orders.password-file from environment variable"
                + " HANDFAST_DATASOURCE_ORDERS_PASSWORD_FILE. To solve this, remove one of the two."
                + " (From "
                + file
                + ", line 3.)");
  }

  @Test
  void anUnknownSystemPropertyIsRefused() throws IOException {
    write(LEAST);

    assertRefused(Map.of(), Map.of("handfast.nodename", "geheim"))
        .hasMessage(
            "handfast.nodename is not a key of Handfast. To solve this, write 'handfast.node-name'"
                + " or remove it. (From system property handfast.nodename.)");
  }

  @Test
  void refusesAKeyGivenTwiceInTheFile() throws IOException {
    write(LEAST + "handfast.node-name=shop-2\n");

    assertRefused(Map.of(), Map.of())
        .hasMessage(
            "handfast.node-name is given twice, in "
                + file
                + ", line 1 and in line 3. To solve this, remove one of the two.");
  }

  @Test
  void refusesABrokenEscapeByLineWithoutTheValue() throws IOException {
    write(LEAST + "handfast.datasource.orders.password=geheim\\u00g0\n");

    assertRefused(Map.of(), Map.of())
        .hasMessage(
            file
                + ", line 3 is malformed. To solve this, write \\u and four hexadecimal digits, and"
                + " \\\\ for a backslash.");
  }

  @Test
  void refusesABackslashThatWouldVanish() throws IOException {
    write("handfast.node-name=shop-1\nhandfast.log-store.directory=C:\\data\n");

    assertRefused(Map.of(), Map.of())
        .hasMessage(
            file
                + ", line 2 has a backslash that begins no escape. To solve this, write \\\\ for a"
                + " backslash.");
  }

  @Test
  void refusesABackslashThatContinuesTheLastLine() throws IOException {
    write(LEAST + "handfast.recovery.period=5s\\");

    assertRefused(Map.of(), Map.of())
        .hasMessageStartingWith(file + ", line 3 has a backslash that begins no escape.");
  }

  @Test
  void refusesABackslashThatBecameATabulator() throws IOException {
    write("handfast.node-name=shop-1\nhandfast.log-store.directory=C:\\temp\n");

    assertRefused(Map.of(), Map.of())
        .hasMessage(
            "handfast.log-store.directory = 'C:\\u0009emp': holds an invisible character. To solve"
                + " this, write \\\\ for a backslash in a file. (From "
                + file
                + ", line 2.)");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertRefused(Map.of(), Map.of())
        .hasMessage(
            "The configuration file "
                + file
                + " does not exist. To solve this, create it or give the path of another.");
  }

  @Test
  void refusesADirectory() {
    file = directory;

    assertRefused(Map.of(), Map.of())
        .hasMessage(
            "The configuration file "
                + directory
                + " is a directory. To solve this, give the path of a file in it.");
  }

  @Test
  void refusesAFileInAnotherEncoding() throws IOException {
    Files.write(file, (LEAST + "# für\n").getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(Map.of(), Map.of())
        .hasMessage(
            "The configuration file "
                + file
                + " is not UTF-8 text. To solve this, save it as UTF-8.");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      Map<String, String> environment, Map<String, String> system) {
    return assertThatThrownBy(() -> load(environment, system))
        .isInstanceOf(ConfigurationException.class);
  }

  private Configuration load() {
    return load(Map.of(), Map.of());
  }

  private Configuration load(Map<String, String> environment, Map<String, String> system) {
    var properties = new Properties();
    properties.putAll(system);
    return Configuration.load(file, environment, properties, TestKeys.SECTIONS);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }
}
