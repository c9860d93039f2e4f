package dev.handfast.xa.transactional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.transactional.SentenceTable;
import dev.handfast.xa.testkit.transactional.TransactionalSpecification;
import dev.handfast.xa.testkit.transactional.TransactionalTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds docs/transactional.md against the cases and sentences that are tested. */
final class TransactionalPageTest {

  private static final Path BASE = Path.of(System.getProperty("basedir", "."));
  private static final Path PAGE = BASE.resolve("../docs/transactional.md");
  private static final Path MADE = BASE.resolve("target/transactional.md");

  @Test
  void thePageHoldsTheTableOfAllCases() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("the table to copy into the page is in " + MADE)
        .contains("\n\n" + TransactionalTable.markdown() + "\n");
  }

  @Test
  void thePageHoldsTheTableOfAllSentences() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("the table to copy into the page is in " + MADE)
        .endsWith("\n\n" + sentences());
  }

  @BeforeAll
  static void render() throws IOException {
    Files.createDirectories(MADE.getParent());
    Files.writeString(MADE, TransactionalTable.markdown() + "\n" + sentences());
  }

  private static String sentences() {
    Map<String, Class<? extends TransactionalSpecification>> ways = new LinkedHashMap<>();
    ways.put("interface", InterfaceProxySpecificationTest.class);
    ways.put("class", ClassProxySpecificationTest.class);
    return SentenceTable.markdown(ways);
  }
}
