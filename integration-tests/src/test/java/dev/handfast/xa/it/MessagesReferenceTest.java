package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/messages.md against the messages in the sources of all modules. */
class MessagesReferenceTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");

  private static final String TEXT = "(?:[^\"\\\\]|\\\\.)*";
  private static final Pattern LITERAL = Pattern.compile("\"(" + TEXT + ")\"");

  /** Literals that are joined, of which the first begins with an id; then perhaps a value. */
  private static final Pattern MESSAGE =
      Pattern.compile(
          "\"(HANDFAST\\d{6})" + TEXT + "\"(?:\\s*\\+\\s*\"" + TEXT + "\")*(\\s*\\+\\s*\\w)?");

  /** The heading with the id, then level and text, then the three parts. */
  private static final Pattern ENTRY =
      Pattern.compile(
          "^## (HANDFAST\\d{6})\\R{2}(?:INFO|WARN|ERROR) `([^`\\n]*)`\\R{2}"
              + "- Cause: .+\\R- Risk: .+\\R- Mend: .+$",
          Pattern.MULTILINE);

  private static final Pattern HEADING = Pattern.compile("^## .*$", Pattern.MULTILINE);

  @Test
  void tellsEveryMessageOfTheCodeAndNoOther() throws IOException {
    Map<String, String> told = new TreeMap<>();
    found(ENTRY, reference()).forEach(entry -> told.put(entry.group(1), entry.group(2)));

    assertThat(told).containsExactlyInAnyOrderEntriesOf(messages());
  }

  @Test
  void givesEachEntryItsParts() throws IOException {
    List<String> headings = found(HEADING, reference()).map(MatchResult::group).toList();
    List<String> complete =
        found(ENTRY, reference()).map(entry -> "## " + entry.group(1)).sorted().toList();

    assertThat(headings).isEqualTo(complete).doesNotHaveDuplicates();
  }

  /** Each id and its one text, with {@code …} for what is filled in. */
  private static Map<String, String> messages() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Path source : sources()) {
      found(MESSAGE, Files.readString(source))
          .forEach(
              message -> {
                String earlier = texts.put(message.group(1), text(message));
                assertThat(earlier)
                    .as("a second text of %s, in %s", message.group(1), source)
                    .isIn(null, text(message));
              });
    }
    return texts;
  }

  private static String text(MatchResult message) {
    StringBuilder text = new StringBuilder();
    found(LITERAL, message.group()).forEach(literal -> text.append(literal.group(1)));
    if (message.group(2) != null) {
      text.append('…');
    }
    return text.substring("HANDFAST000000".length()).strip().replaceAll("%[sd]", "…");
  }

  private static List<Path> sources() throws IOException {
    String main = Path.of("src", "main", "java").toString();
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().contains(main) && file.toString().endsWith(".java"))
          .toList();
    }
  }

  private static Stream<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static String reference() throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve("messages.md"));
  }
}
