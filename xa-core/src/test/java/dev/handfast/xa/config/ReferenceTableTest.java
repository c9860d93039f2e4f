package dev.handfast.xa.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds docs/configuration.md against the code. */
class ReferenceTableTest {

  private static final Path REFERENCE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "configuration.md");

  private static final Pattern RUNTIME_ROW =
      Pattern.compile(
          "^\\| `(handfast\\.(?!datasource|jms|transactional)[^`]*)`", Pattern.MULTILINE);

  @Test
  void holdsTheTableOfTheRuntimesKeys() throws IOException {
    assertThat(Files.readString(REFERENCE)).contains(RuntimeKeys.markdown());
  }

  @Test
  void holdsTheTableOfTheKeysOfMethods() throws IOException {
    assertThat(Files.readString(REFERENCE)).contains("\n\n" + RuntimeKeys.methodsMarkdown() + "\n");
  }

  @Test
  void holdsNoOtherKeyOfTheRuntime() throws IOException {
    List<String> rows =
        RUNTIME_ROW
            .matcher(Files.readString(REFERENCE))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(RuntimeKeys.all().stream().map(ConfigKey::name).toList());
  }

  @Test
  void theDefaultsItTellsAreThoseOfTheCode() {
    var defaults = new HashMap<>(TestKeys.LEAST);
    RuntimeKeys.all().stream()
        .filter(key -> !key.defaultValue().isEmpty())
        .forEach(key -> defaults.put(key.name(), key.defaultValue()));

    assertThat(Configuration.of(defaults, List.of()))
        .isEqualTo(Configuration.of(TestKeys.LEAST, List.of()));
  }

  @Test
  void rendersTheTableOfASection() {
    var section =
        new SectionKeys(
            "jms",
            List.of(
                new ConfigKey("url", "text", "", "Mandatory."),
                new ConfigKey("recovery.username", "text", "that of work", "Recovers."),
                new ConfigKey("max-sessions", "integer", "20", "Most sessions.")));

    assertThat(section.markdown())
        .isEqualTo(
            """
            | key | type | default | meaning |
            |---|---|---|---|
            | `handfast.jms.NAME.url`<br>`HANDFAST_JMS_NAME_URL` | text | none | Mandatory. |
            | `handfast.jms.NAME.recovery.username`<br>`HANDFAST_JMS_NAME_RECOVERY_USERNAME` | text | that of work | Recovers. |
            | `handfast.jms.NAME.max-sessions`<br>`HANDFAST_JMS_NAME_MAX_SESSIONS` | integer | `20` | Most sessions. |
            """);
  }
}
