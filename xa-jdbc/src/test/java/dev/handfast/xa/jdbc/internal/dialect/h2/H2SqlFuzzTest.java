package dev.handfast.xa.jdbc.internal.dialect.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.internal.sql.Mark;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Texts that are put together at random, carried out by H2 inside a branch without anything of ours
 * in between: whatever ended the branch must have been refused or noticed, and what was refused
 * must have ended it. {@code -Dcampaign.texts} says how many.
 */
final class H2SqlFuzzTest {

  private static final int TEXTS = Integer.getInteger("campaign.texts", 3000);
  private static final long SEED = Long.getLong("campaign.seed", new Random().nextLong());

  /** In the mode of the second, names stand in brackets. */
  private static final String[] MODES = {"", ";MODE=MSSQLServer", ";MODE=PostgreSQL"};

  private static final String[] ENDING = {
    "COMMIT",
    "commit work",
    "ROLLBACK",
    "Rollback Work",
    "CREATE TABLE IF NOT EXISTS n(a INT)",
    "CREATE LOCAL TEMPORARY TABLE IF NOT EXISTS m(a INT)",
    "DROP VIEW IF EXISTS nothing",
    "TRUNCATE TABLE u",
    "SET AUTOCOMMIT TRUE",
    "SET autocommit = on",
    "SET MAX_MEMORY_ROWS 1000",
    "GRANT SELECT ON t TO bob",
    "COMMENT ON TABLE t IS 'it''s; COMMIT'",
    "ANALYZE",
    "SCRIPT NODATA",
    "EXECUTE IMMEDIATE 'COMMIT'",
    "EXECUTE IMMEDIATE $$ROLLBACK$$",
    "EXECUTE IMMEDIATE 'COM' || 'MIT'",
    "PREPARE p AS INSERT INTO t VALUES(7)",
    "ALTER TABLE u ADD COLUMN IF NOT EXISTS z INT",
    "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED"
  };

  private static final String[] HARMLESS = {
    "SELECT 1",
    "INSERT INTO t VALUES(1)",
    "UPDATE t SET x = 2",
    "DELETE FROM t",
    "SELECT 'COMMIT; ROLLBACK'",
    "SELECT \"x;COMMIT\" FROM (SELECT 1 AS \"x;COMMIT\")",
    "SELECT `X` FROM t",
    "SELECT $$;COMMIT;$$",
    "SELECT ARRAY[1, 2][1]",
    "SELECT 'it''s' AS a",
    "SELECT U&'\\0041;COMMIT'",
    "SAVEPOINT s",
    "CALL hi(-1)",
    "{call hi(-1)}",
    "SELECT {fn ABS(-1)}",
    "SET @v = 1",
    "SET LOCK_TIMEOUT 60",
    "SET AUTOCOMMIT OFF",
    "CREATE LOCAL TEMPORARY TABLE IF NOT EXISTS l(a INT) TRANSACTIONAL",
    "ALTER SEQUENCE q RESTART WITH 5",
    "EXPLAIN ANALYZE INSERT INTO t VALUES(5)",
    "EXECUTE IMMEDIATE 'INSERT INTO t VALUES(9)'",
    "WITH a AS (SELECT 1) SELECT * FROM a",
    "MERGE INTO u(y) KEY(y) VALUES(1)",
    "HELP COMMIT",
    "SHOW TABLES",
    "VALUES (1, 'COMMIT')",
    "CHECKPOINT",
    ""
  };

  private static final String[] BETWEEN = {
    ";", ";", ";", "; ", " ;\n", ";;", "; ; ", ";/* ; */", ";--;COMMIT\n", ";//;COMMIT\n", ";\t"
  };

  private static final String[] AROUND = {
    "",
    "",
    "",
    "",
    " ",
    "\n",
    "/* COMMIT; */",
    "/* /* ; */ COMMIT */",
    "-- it's\n",
    "// \"\n",
    "'",
    "\"",
    "`",
    "$$",
    "/*",
    "*/",
    "--",
    "//",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "?",
    "\\",
    "\u00a0",
    "\u2003"
  };

  private final Random random = new Random(SEED);
  private final List<String> wrong = new ArrayList<>();
  private int ended;
  private int refused;
  private int noticed;
  private int falselyRefused;

  @Test
  void whateverEndsABranchIsRefusedOrNoticed(TestReporter reporter) throws Exception {
    int done = 0;
    while (done < TEXTS) {
      String mode = MODES[random.nextInt(MODES.length)];
      try (H2Probe probe = new H2Probe(mode)) {
        boolean whole = true;
        for (int i = 0; whole && i < 20 && done < TEXTS; i++, done++) {
          whole = tries(probe, text());
        }
      }
    }

    assertThat(wrong).as("seed " + SEED).isEmpty();
    assertThat(noticed).as("noticed at the vote, seed " + SEED).isEqualTo(ended);
    assertThat(refused).as("refused and carried out, seed " + SEED).isPositive();
    assertThat(falselyRefused).as("refused for nothing, seed " + SEED).isLessThan(1 + TEXTS / 500);
    reporter.publishEntry(
        "seed "
            + SEED
            + ": "
            + TEXTS
            + " texts, ended the branch "
            + ended
            + ", of these refused "
            + refused
            + " and noticed "
            + noticed
            + "; refused and carried out without ending it "
            + falselyRefused);
  }

  /** Tries a text, as the first of its branch or not, and answers whether the branch is whole. */
  private boolean tries(H2Probe probe, String text) throws Exception {
    boolean first = random.nextInt(4) == 0;
    boolean denied = new H2Marks().of(text).contains(Mark.ENDS_BRANCH);
    probe.begin();
    if (!first) {
      probe.work();
    }
    boolean failed = fails(probe, text);
    boolean seen = probe.isNoticed();
    boolean gone = first ? seen : probe.lostItsWork();
    if (gone) {
      ended++;
      noticed += seen ? 1 : 0;
      refused += denied ? 1 : 0;
    }
    if (gone != seen) {
      wrong.add((gone ? "missed: " : "wrongly noticed: ") + text);
    }
    if (denied && !gone && !failed) {
      falselyRefused++;
    }
    if (gone) {
      return false;
    }
    probe.rollBack();
    return true;
  }

  private static boolean fails(H2Probe probe, String text) {
    try {
      probe.execute(text);
      return false;
    } catch (SQLException e) {
      return true;
    }
  }

  private String text() {
    var text = new StringBuilder();
    int statements = 1 + random.nextInt(4);
    for (int i = 0; i < statements; i++) {
      text.append(i == 0 ? "" : any(BETWEEN)).append(any(AROUND));
      text.append(random.nextInt(4) == 0 ? any(ENDING) : any(HARMLESS)).append(any(AROUND));
    }
    if (random.nextInt(8) == 0) {
      text.delete(random.nextInt(text.length() + 1), text.length());
    }
    return text.toString();
  }

  private String any(String[] pieces) {
    return pieces[random.nextInt(pieces.length)];
  }
}
