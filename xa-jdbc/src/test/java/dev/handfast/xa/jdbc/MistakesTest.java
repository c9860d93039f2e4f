package dev.handfast.xa.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.jdbc.mistake.Mistake;
import dev.handfast.xa.jdbc.mistake.Place;
import dev.handfast.xa.jdbc.mistake.Shop;
import dev.handfast.xa.jdbc.mistake.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Makes each mistake of docs/mistakes.md, one after the other on the same runtime, looks at what is
 * left in the databases, and holds the page against what is told.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class MistakesTest {

  private static final Path BASE = Path.of(System.getProperty("basedir", "."));
  private static final Path PAGE = BASE.resolve("../docs/mistakes.md");
  private static final Path MADE = BASE.resolve("target/mistakes.md");
  private static final String HEADER =
      """
      | the mistake | in code | on | what happens | one is told | instead |
      |---|---|---|---|---|---|
      """;

  private final Map<Mistake, String> rows = new HashMap<>();
  private @Nullable Shop shop;
  private PostgresFixture server;
  private Path directory;

  @BeforeAll
  void start(@TempDir Path made) {
    directory = made;
    server = PostgresFixture.fresh();
  }

  @AfterAll
  void close() {
    closeShop();
  }

  /** Is what to copy into the page. */
  @AfterAll
  void writeTables() throws IOException {
    StringBuilder tables = new StringBuilder();
    for (Topic topic : Topic.values()) {
      tables.append("## ").append(topic.title()).append("\n\n").append(HEADER);
      topic.mistakes().forEach(mistake -> tables.append(rows.getOrDefault(mistake, "")));
      tables.append('\n');
    }
    Files.writeString(MADE, tables);
  }

  static List<Mistake> mistakes() {
    return Mistake.all();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isToldAndEndsAsThePageSays(Mistake mistake) throws Exception {
    Map<Place, String> told = new EnumMap<>(Place.class);
    for (Place place : Place.values()) {
      if (mistake.places().contains(place)) {
        told.put(place, made(mistake, place));
      }
    }
    String made = rows(mistake, told);
    rows.put(mistake, made);

    assertThat(Files.readString(PAGE)).as("the tables to copy are in " + MADE).contains(made);
  }

  @Test
  void thePageTellsOfNoOthers() throws IOException {
    List<String> names = Mistake.all().stream().map(Mistake::name).toList();

    assertThat(Files.readAllLines(PAGE))
        .filteredOn(line -> line.startsWith("| ") && !HEADER.startsWith(line))
        .allSatisfy(line -> assertThat(names).contains(line.split(" \\| ", -1)[0].substring(2)));
  }

  private String made(Mistake mistake, Place place) throws Exception {
    if (shop == null) {
      shop = new Shop(Files.createTempDirectory(directory, "shop"), server);
    }
    shop.goTo(place);
    try {
      Throwable told = mistake.made().by(shop);
      assertThat(left(shop)).as("left on " + place).isEqualTo(expected(mistake));
      if (shop.isOpen()) {
        shop.assertUsable();
      } else {
        closeShop();
      }
      return told == null ? "nothing" : place.masked(text(told));
    } catch (Exception | AssertionError e) {
      closeShop();
      throw e;
    }
  }

  private void closeShop() {
    if (shop != null) {
      shop.close();
      shop = null;
    }
  }

  private static String left(Shop shop) throws SQLException {
    return "orders " + shop.rows() + ", stock " + shop.stockRows();
  }

  private static String expected(Mistake mistake) {
    return "orders " + mistake.orders() + ", stock " + mistake.stock();
  }

  private static String text(Throwable told) {
    String state = told instanceof SQLException failure ? " " + failure.getSQLState() : "";
    return "`"
        + told.getClass().getSimpleName()
        + "`"
        + state
        + ": "
        + masked(String.valueOf(told.getMessage()));
  }

  private static String masked(String text) {
    String masked = text.replaceAll("\\s+", " ").replaceAll("within \\d+ ms", "within N ms");
    List<String> gtrids =
        Pattern.compile("\\b[0-9a-f]{40,}\\b")
            .matcher(text)
            .results()
            .map(MatchResult::group)
            .toList();
    for (String gtrid : new LinkedHashSet<>(gtrids)) {
      masked = masked.replace(gtrid, masked.contains("GTRID") ? "GTRID-2" : "GTRID");
    }
    return masked.replace("|", "\\|");
  }

  /** One row for the databases on which the same is told. */
  private static String rows(Mistake mistake, Map<Place, String> told) {
    Map<String, List<Place>> alike = new LinkedHashMap<>();
    told.forEach((place, text) -> alike.computeIfAbsent(text, t -> new ArrayList<>()).add(place));
    return alike.entrySet().stream()
        .map(
            entry ->
                "| "
                    + String.join(
                        " | ",
                        mistake.name(),
                        "`" + mistake.code().replace("|", "\\|") + "`",
                        shown(entry.getValue()),
                        mistake.happens(),
                        entry.getKey(),
                        mistake.instead())
                    + " |\n")
        .collect(Collectors.joining());
  }

  private static String shown(List<Place> places) {
    return places.stream().map(Place::shown).collect(Collectors.joining(", "));
  }
}
