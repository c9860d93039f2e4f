package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/jakarta-transactions.md against the tests of this package. */
final class SpecificationPageTest {

  private static final Path BASE = Path.of(System.getProperty("basedir", "."));
  private static final Path PAGE = BASE.resolve("../docs/jakarta-transactions.md");
  private static final Path MADE = BASE.resolve("target/jakarta-transactions.md");

  @Test
  void eachTestNamesItsSentence() {
    assertThat(SpecificationPage.tests())
        .isNotEmpty()
        .allMatch(test -> test.method().isAnnotationPresent(Sentence.class))
        .allMatch(test -> test.type().isAnnotationPresent(Section.class));
  }

  @Test
  void thePageHoldsTheTablesOfTheTestsAndNoOther() throws IOException {
    String tables = new SpecificationPage().markdown();
    Files.writeString(MADE, tables);
    String page = Files.readString(PAGE);

    assertThat(page).as("tables to copy into the page are in " + MADE).endsWith(tables);
    assertThat(page.substring(0, page.length() - tables.length())).doesNotContain("|");
  }
}
