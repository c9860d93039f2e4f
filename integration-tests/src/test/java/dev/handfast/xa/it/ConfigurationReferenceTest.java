package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.config.ConfigKey;
import dev.handfast.xa.config.SectionKeys;
import dev.handfast.xa.spi.ResourceFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the sections of docs/configuration.md against the keys of the adapters. */
class ConfigurationReferenceTest {

  private static final Path REFERENCE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "configuration.md");

  @Test
  void everyAdapterIsFound() {
    assertThat(sections())
        .extracting(SectionKeys::section)
        .containsExactlyInAnyOrder("datasource", "jms");
  }

  @ParameterizedTest
  @MethodSource("sections")
  void holdsTheTableOfTheSection(SectionKeys section) throws IOException {
    assertThat(Files.readString(REFERENCE)).contains(section.markdown());
  }

  @ParameterizedTest
  @MethodSource("sections")
  void holdsNoOtherKeyOfTheSection(SectionKeys section) throws IOException {
    Pattern row =
        Pattern.compile(
            "^\\| `handfast\\." + section.section() + "\\.NAME\\.([^`]*)`", Pattern.MULTILINE);

    assertThat(row.matcher(Files.readString(REFERENCE)).results().map(match -> match.group(1)))
        .containsExactlyElementsOf(section.keys().stream().map(ConfigKey::name).toList());
  }

  static List<SectionKeys> sections() {
    return ServiceLoader.load(ResourceFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(factory -> new SectionKeys(factory.section(), factory.keys()))
        .toList();
  }
}
