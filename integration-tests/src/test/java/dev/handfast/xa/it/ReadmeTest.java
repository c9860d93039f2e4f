package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows the bodies of the examples' main methods, which other tests run. */
class ReadmeTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");

  private static final Pattern SHOWN =
      Pattern.compile("<!-- example: (\\S+) -->\\R```java\\R(.*?)```", Pattern.DOTALL);

  private static final Pattern MAIN =
      Pattern.compile("  public static void main\\(.*?\\{\\R(.*?)\\R  }\\R", Pattern.DOTALL);

  @Test
  void showsTheExamplesAsTheyAre() throws IOException {
    List<MatchResult> examples =
        SHOWN.matcher(Files.readString(ROOT.resolve("README.md"))).results().toList();

    assertThat(examples).hasSize(2);
    for (MatchResult shown : examples) {
      String source = Files.readString(ROOT.resolve(shown.group(1)));
      MatchResult main = MAIN.matcher(source).results().findFirst().orElseThrow();
      assertThat(lines(main.group(1))).as(shown.group(1)).containsSequence(lines(shown.group(2)));
    }
  }

  /** Without their indentation, which differs where a part of the body is shown. */
  private static List<String> lines(String text) {
    return text.lines().map(String::strip).toList();
  }
}
