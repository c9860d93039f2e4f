package dev.handfast.xa.jdbc.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StandardMarksTest {

  private final StandardMarks marks = new StandardMarks();

  /** E: ends the branch. S: changes what the session keeps. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          -  | SELECT 1
          -  | INSERT INTO t VALUES('COMMIT; COMMIT')
          -  | SELECT "a;COMMIT" FROM t
          -  | SELECT 1 /* ; COMMIT */
          -  | SELECT 1 -- ; COMMIT
          -  | SAVEPOINT a
          -  | ROLLBACK TO a
          -  | rollback work to savepoint a
          -  | SELECT 'a\\'; COMMIT; --'
          -  | SELECT 'never ends; COMMIT
          -  | SELECT 1; /* never ends; COMMIT
          E  | COMMIT
          E  | commit work
          E  | ROLLBACK
          E  | ;;COMMIT
          E  | /* a */ -- b
          E  | INSERT INTO t VALUES('it''s'); COMMIT
          E  | SELECT 1; ROLLBACK; SELECT 2
          ES | SET AUTOCOMMIT = 1
          ES | START TRANSACTION
          ES | XA END 'x'
          ES | PREPARE TRANSACTION 'x'
          ES | BEGIN INSERT INTO t VALUES(1); COMMIT; END;
          S  | SET SCHEMA other
          S  | CREATE TABLE t(x INT)
          S  | SELECT 1; SET ROLE other
          """)
  void readsByTheStandard(String expected, String sql) {
    Set<Mark> found = EnumSet.noneOf(Mark.class);
    if (expected.contains("E")) {
      found.add(Mark.ENDS_BRANCH);
    }
    if (expected.contains("S")) {
      found.add(Mark.CHANGES_SESSION);
    }
    String text = sql.equals("/* a */ -- b") ? sql + "\nCOMMIT" : sql;

    assertThat(marks.of(text)).isEqualTo(found);
  }

  @Test
  void showsTheStatementThatEnds() {
    assertThat(marks.ending("SELECT 1; /* x */ ROLLBACK WORK; SELECT 2"))
        .startsWith("ROLLBACK WORK");
  }
}
