package dev.handfast.xa.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A path with letters that the locale of the process does not have. */
final class LocaleTest {

  /** Reads a directory with such a letter, and the file of a secret, and prints what is said. */
  static final class Reader {

    private Reader() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
      ConfigValue value = new ConfigValue("key", "/tmp/b\u00fccher", "");
      try {
        System.out.println("directory " + value.directory().getNameCount());
      } catch (ConfigurationException e) {
        System.out.println("directory " + e.getMessage());
      }
      try {
        System.out.println(SecretFile.open(value));
      } catch (ConfigurationException e) {
        System.out.println("secret " + e.getMessage());
      }
    }
  }

  private static String said(String locale) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Reader.class.getName());
    builder.environment().put("LC_ALL", locale);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"C,locale", "C.UTF-8,there is no such file"})
  void namesTheLocale(String locale, String reason) throws Exception {
    String said = said(locale);

    assertThat(said.lines().filter(line -> line.startsWith("secret"))).hasSize(1);
    assertThat(said.lines().filter(line -> line.contains(reason))).isNotEmpty();
    if (locale.equals("C")) {
      assertThat(said.lines().filter(line -> line.startsWith("directory")))
          .allMatch(line -> line.contains("in the locale of this process"))
          .allMatch(line -> line.contains("LC_ALL=C.UTF-8"));
    } else {
      assertThat(said).contains("directory 2");
    }
  }
}
