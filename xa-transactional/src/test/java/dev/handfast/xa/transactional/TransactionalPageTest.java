package dev.handfast.xa.transactional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.transactional.TransactionalTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/transactional.md against the cases and sentences that are tested. */
final class TransactionalPageTest {

  private static final Path BASE = Path.of(System.getProperty("basedir", "."));
  private static final Path PAGE = BASE.resolve("../docs/transactional.md");
  private static final Path MADE = BASE.resolve("target/transactional.md");

  @Test
  void thePageHoldsTheTableOfAllCases() throws IOException {
    Files.writeString(MADE, TransactionalTable.markdown());

    assertThat(Files.readString(PAGE))
        .as("the table to copy into the page is in " + MADE)
        .contains("\n\n" + TransactionalTable.markdown() + "\n");
  }
}
