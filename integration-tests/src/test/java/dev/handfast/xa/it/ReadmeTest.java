package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows the body of the example's main method, which another test runs. */
class ReadmeTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");

  private static final Pattern SHOWN =
      Pattern.compile("<!-- example: (\\S+) -->\\R```java\\R(.*?)```", Pattern.DOTALL);

  private static final Pattern MAIN =
      Pattern.compile("  public static void main\\(.*?\\{\\R(.*?)\\R  }\\R", Pattern.DOTALL);

  @Test
  void showsTheExampleAsItIs() throws IOException {
    MatchResult shown = only(SHOWN, Files.readString(ROOT.resolve("README.md")));
    MatchResult main = only(MAIN, Files.readString(ROOT.resolve(shown.group(1))));

    assertThat(shown.group(2)).isEqualTo(main.group(1).stripIndent() + "\n");
  }

  private static MatchResult only(Pattern pattern, String text) {
    return pattern.matcher(text).results().findFirst().orElseThrow();
  }
}
