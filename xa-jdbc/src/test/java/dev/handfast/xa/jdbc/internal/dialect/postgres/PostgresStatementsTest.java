package dev.handfast.xa.jdbc.internal.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.jdbc.internal.sql.Mark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements of every kind of PostgreSQL's grammar, each carried out by a server inside a branch,
 * without anything of ours in between.
 */
final class PostgresStatementsTest {

  private static final PostgresFixture PG = PostgresFixture.fresh();

  private static final String[] BEFORE = {
    "INSERT INTO item VALUES (1)", "DECLARE open CURSOR FOR SELECT 1", "SAVEPOINT here"
  };

  private PostgresProbe probe;

  private record Expected(String flags, String sql) {

    static Expected of(String line) {
      String[] parts = line.split("\\|", 2);
      return new Expected(parts[0].strip(), parts[1].strip().replace("\\n", "\n"));
    }

    boolean is(char flag) {
      return flags.indexOf(flag) >= 0;
    }

    @Override
    public String toString() {
      return sql;
    }
  }

  static Stream<Expected> statements() throws IOException {
    return resource("statements.sql")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(Expected::of);
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = PostgresStatementsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @BeforeEach
  void setUp() throws Exception {
    PG.admin().execute(resource("statements-setup.sql"));
  }

  private void open(String options) throws SQLException {
    probe = new PostgresProbe(PG.admin(), options);
    H2Fixture.execute(probe.connection(), "PREPARE ready AS SELECT 1");
    probe.connection().commit();
  }

  @AfterEach
  void close() throws Exception {
    if (probe != null) {
      probe.close();
    }
    for (String gid : PG.admin().preparedBranches()) {
      PG.admin().execute("ROLLBACK PREPARED $gid$" + gid + "$gid$");
    }
  }

  @ParameterizedTest
  @MethodSource("statements")
  void areRefusedIfTheyEndTheBranch(Expected text) throws Exception {
    open(text.is('Q') ? "?preferQueryMode=simple" : "");
    List<String> kept = kept();

    PostgresProbe.Found found = probe.run(text.sql(), BEFORE, each -> commit(each, !text.is('E')));

    assertThat(found.failure() != null).as("failure %s", found.failure()).isEqualTo(text.is('F'));
    assertThat(found.ended()).as("ended").isEqualTo(text.is('E'));
    assertThat(found.marks().contains(Mark.ENDS_BRANCH)).as("refused").isEqualTo(text.is('E'));
    assertThat(found.marks().contains(Mark.CHANGES_SESSION))
        .as("changes the session")
        .isEqualTo(text.is('S'));
    if (!kept().equals(kept)) {
      assertThat(text.is('S')).as("kept %s", kept()).isTrue();
    }
    assertThat(found.refusal() == null).as("vote").isEqualTo(!text.is('E') && !text.is('F'));
  }

  private void commit(PostgresProbe.Found found, boolean expected) throws SQLException {
    if (expected && found.open()) {
      H2Fixture.execute(probe.connection(), "COMMIT");
    }
  }

  /** What the session has that outlasts a transaction. */
  private List<String> kept() throws Exception {
    var kept = new ArrayList<String>();
    Connection connection = probe.connection();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(resource("statements-kept.sql"))) {
      while (rows.next()) {
        kept.add(rows.getString(1));
      }
    }
    connection.rollback();
    return kept;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          INSERT INTO item VALUES ('COMMIT; x'); /* now */ COMMIT WORK; SELECT 1 | COMMIT WORK; SELECT 1
          SELECT E'\\';'; END                                                    | END
          ~SELECT E'a'\n 'b\\';'; ABORT~                                        | ABORT
          """)
  void areNamedWhereTheyStand(String text, String ending) {
    assertThat(new PostgresMarks().ending(text)).isEqualTo(ending);
  }

  /** A text is gone over once, however its quotes and comments are nested. */
  @Test
  void areReadInOneGo() {
    String text = "SELECT '" + "x'' /* $$ -- ; ".repeat(100_000) + "'; " + "/*".repeat(100_000);

    assertThat(new PostgresMarks().of(text)).containsExactly(Mark.MAY_END_BRANCH);
  }
}
