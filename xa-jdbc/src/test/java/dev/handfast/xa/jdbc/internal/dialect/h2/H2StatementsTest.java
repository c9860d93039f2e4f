package dev.handfast.xa.jdbc.internal.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.internal.sql.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements of every kind of H2's grammar, each carried out by H2 inside a branch, without
 * anything of ours in between. The first words of a line in {@code statements.sql} say what is
 * expected.
 */
final class H2StatementsTest {

  @TempDir private Path directory;

  /**
   * A line of the table.
   *
   * @param flags {@code E} it ends the branch, {@code R} it is refused, {@code S} it changes the
   *     session; what follows the colon is the mode of the database
   */
  private record Expected(String flags, String mode, String sql) {

    static Expected of(String line) {
      String[] parts = line.split("\\|", 2);
      String[] head = parts[0].strip().split(":", 2);
      return new Expected(
          head[0],
          head.length == 1 ? "" : ";MODE=" + head[1],
          parts[1].strip().replace("\\n", "\n"));
    }

    boolean is(char flag) {
      return flags.indexOf(flag) >= 0;
    }

    @Override
    public String toString() {
      return sql + mode;
    }
  }

  static Stream<Expected> statements() throws IOException {
    try (InputStream file = H2StatementsTest.class.getResourceAsStream("statements.sql")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .map(Expected::of);
    }
  }

  @ParameterizedTest
  @MethodSource("statements")
  void doesToItsBranchWhatIsExpected(Expected expected) throws Exception {
    try (H2Probe probe = new H2Probe(expected.mode())) {
      probe.begin();
      probe.work();

      tryTo(probe, expected.sql().replace("$DIR", directory.toString()));

      assertThat(probe.isNoticed()).as("noticed").isEqualTo(expected.is('E'));
      assertThat(probe.lostItsWork()).as("ended").isEqualTo(expected.is('E'));
    }
  }

  @ParameterizedTest
  @MethodSource("statements")
  void isReadAsItDoes(Expected expected) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (expected.is('R')) {
      marks.add(Mark.ENDS_BRANCH);
    }
    if (expected.is('S')) {
      marks.add(Mark.CHANGES_SESSION);
    }

    assertThat(new H2Marks().of(expected.sql())).isEqualTo(marks);
  }

  /** What the statement answers, or whether it fails, does not matter to the branch. */
  private static void tryTo(H2Probe probe, String sql) {
    try {
      probe.execute(sql);
    } catch (SQLException e) {
      // Only what became of the branch counts, and that is looked at.
    }
  }
}
