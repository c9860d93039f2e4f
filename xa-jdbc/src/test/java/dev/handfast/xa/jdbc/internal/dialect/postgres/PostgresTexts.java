package dev.handfast.xa.jdbc.internal.dialect.postgres;

import java.util.random.RandomGenerator;

/**
 * Makes texts of statements, most of which PostgreSQL carries out, with constants, names and
 * comments between and in them that look like the ends of one another.
 */
final class PostgresTexts {

  private static final String[] ENDS = {
    "COMMIT",
    "COMMIT WORK",
    "commit",
    "END",
    "End Transaction",
    "ABORT",
    "ROLLBACK",
    "rollback work",
    "ROLLBACK AND NO CHAIN",
    "COMMIT AND CHAIN",
    "ROLLBACK AND CHAIN",
    "END WORK AND CHAIN",
    "PREPARE TRANSACTION 'fuzz'",
    "PREPARE TRANSACTION $$fuzz$$",
    "{oj COMMIT}",
    "COMMIT; BEGIN",
    "ROLLBACK; START TRANSACTION",
  };

  private static final String[] STAYS = {
    "ROLLBACK TO s",
    "ROLLBACK WORK TO SAVEPOINT s",
    "SAVEPOINT s",
    "RELEASE s",
    "BEGIN",
    "START TRANSACTION READ WRITE",
    "PREPARE transaction AS SELECT 1",
    "DEALLOCATE ALL",
    "INSERT INTO item VALUES (DEFAULT)",
    "DELETE FROM item WHERE id < 0",
    "TABLE item",
    "VALUES (1)",
    "WITH w AS (SELECT 1) SELECT * FROM w",
    "CALL committing()",
    "DO 'BEGIN COMMIT; END'",
    "DO $$ BEGIN PERFORM 1; END $$",
    "SELECT * FROM begin atomic",
    "SELECT a$b$ FROM dollar",
    "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
    "CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END",
    "CREATE OR REPLACE FUNCTION g(begin int) RETURNS int LANGUAGE sql AS 'SELECT 1; SELECT 2'",
    "CREATE OR REPLACE FUNCTION h() RETURNS int LANGUAGE sql RETURN 1",
    "SELECT 1/0",
    "SHOW role",
    "SELECT {fn abs(1)}, {d '2026-01-01'}",
    "COMMIT PREPARED 'none'",
    "SELECT (1",
    "",
  };

  /** Stand in constants, names and comments, or anywhere. */
  private static final String[] PIECES = {
    ";",
    ";",
    " COMMIT",
    "; COMMIT; ",
    "; ROLLBACK --",
    "--",
    "--\n",
    "/*",
    "*/",
    "/*/",
    "**/",
    "$$",
    "$x$",
    "$",
    "\"",
    "\"\"",
    "''",
    "\\\\",
    "\\",
    "\\'",
    "E'",
    "U&'",
    "b'",
    "n'",
    "(",
    ")",
    "{",
    "}",
    "{oj ",
    "\n",
    "\r",
    "\t",
    "\f",
    "\u000b",
    "\u00a0",
    "\u0130",
    "a",
    "1",
    "e",
    "_",
    "?",
    "??",
    " END ",
    " BEGIN ATOMIC ",
    " AND CHAIN ",
    " TO s ",
    "'",
    "'\n'",
  };

  private static final String[] SPACES = {" ", "\n", "\t", "\r\n", "/**/", "/* ; */", "-- ;\n"};

  private final RandomGenerator random;

  PostgresTexts(RandomGenerator random) {
    this.random = random;
  }

  String next() {
    int statements = 1 + random.nextInt(4);
    var text = new StringBuilder(random.nextInt(4) == 0 ? space() : "");
    for (int i = 0; i < statements; i++) {
      text.append(i == 0 ? "" : ";").append(random.nextInt(3) == 0 ? space() : "");
      text.append(statement());
      text.append(random.nextInt(3) == 0 ? space() : "");
    }
    text.append(random.nextInt(3) == 0 ? ";" : "");
    if (random.nextInt(5) == 0) {
      text.insert(random.nextInt(text.length() + 1), any(PIECES));
    }
    return text.toString();
  }

  private String statement() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> spaced(any(ENDS));
      case 2, 3 -> spaced(any(STAYS));
      case 4 -> "INSERT INTO item(note) VALUES (" + constant() + ")";
      case 5 -> "SELECT " + constant() + " AS " + name();
      default -> "SELECT" + space() + constant() + (random.nextBoolean() ? "," : "||") + constant();
    };
  }

  /** Puts other space where there is some. */
  private String spaced(String statement) {
    return random.nextInt(3) > 0 || statement.contains("'") || statement.contains("$")
        ? statement
        : statement.replace(" ", space());
  }

  private String constant() {
    return switch (random.nextInt(8)) {
      case 0 -> "E'" + content("'", "''").replace("\\", "\\\\") + "'";
      case 1 -> "e'\\'" + content("'", "\\'").replace("\\\\", "\\") + "'";
      case 2 -> "$$" + content("$", "") + "$$";
      case 3 -> "$x$" + content("$x$", "$x").replace("$x$", "") + "$x$";
      case 4 -> "U&'" + content("'", "''").replace("\\", "") + "'";
      case 5 -> any(new String[] {"b'01'", "x'0F'", "n'a'", "1.5e1", "NULL", "'a'\n'b'", "(1)"});
      default -> "'" + content("'", "''") + "'";
    };
  }

  private String name() {
    return random.nextInt(3) == 0 ? "end" : "\"n" + content("\"", "\"\"") + "\"";
  }

  private String content(String quote, String instead) {
    var content = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      content.append(any(PIECES));
    }
    return content.toString().replace(quote, instead);
  }

  private String space() {
    String space = any(SPACES);
    if (random.nextInt(6) > 0) {
      return space;
    }
    return random.nextBoolean()
        ? "/*" + content("*/", " ").replace("/*", "/* */") + " */"
        : "--" + content("\n", " ").replace("\r", " ") + "\n";
  }

  private String any(String[] choice) {
    return choice[random.nextInt(choice.length)];
  }
}
