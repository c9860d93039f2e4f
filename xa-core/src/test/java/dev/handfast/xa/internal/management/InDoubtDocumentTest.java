package dev.handfast.xa.internal.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.recovery.Action;
import dev.handfast.xa.recovery.Decision;
import dev.handfast.xa.recovery.InDoubt;
import dev.handfast.xa.recovery.InDoubtBranch;
import dev.handfast.xa.recovery.InDoubtTransaction;
import dev.handfast.xa.recovery.InDoubtTransaction.SinceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the example of docs/operations.md against what is written. */
final class InDoubtDocumentTest {

  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "operations.md");
  private static final String GTRID =
      "00000000000000000000ffff7f000001"
          + "5a7c11d1697dd3a00000002a"
          + "73686f702d317e71727374757a";

  private static final InDoubt EXAMPLE =
      new InDoubt(
          "shop-1",
          List.of(
              new InDoubtTransaction(
                  GTRID,
                  "0:ffff7f000001:5a7c11d1:697dd3a0:2a",
                  131077,
                  "shop-1",
                  Decision.COMMIT,
                  InDoubtTransaction.State.PENDING,
                  Instant.parse("2026-01-31T10:00:00Z"),
                  SinceSource.LOG,
                  Set.of(Action.COMMIT),
                  List.of(
                      new InDoubtBranch(
                          "events",
                          "00ff",
                          InDoubtBranch.State.UNREACHABLE,
                          "AP-_",
                          "'events', which cannot be reached"),
                      new InDoubtBranch("orders", "00fe", InDoubtBranch.State.FINISHED, "", "")))),
          List.of("events"));

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  @Test
  void isAsThePageShowsIt() throws Exception {
    Matcher example =
        Pattern.compile("```json\n(\\{\"schemaVersion.*?)```", Pattern.DOTALL).matcher(page());
    assertThat(example.find()).isTrue();

    String written = JsonWriter.write(Documents.of(EXAMPLE));

    assertThat(JsonWriter.write(JsonReader.read(example.group(1)))).isEqualTo(written);
  }

  @Test
  void explainsEveryWordOfIt() throws IOException {
    List<String> words =
        Stream.of(
                Decision.values(),
                InDoubtTransaction.State.values(),
                InDoubtBranch.State.values(),
                SinceSource.values())
            .flatMap(Stream::of)
            .map(word -> "`" + word + "`")
            .toList();

    assertThat(page()).contains(words);
  }
}
