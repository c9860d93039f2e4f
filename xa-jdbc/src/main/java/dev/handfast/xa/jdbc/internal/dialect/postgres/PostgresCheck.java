package dev.handfast.xa.jdbc.internal.dialect.postgres;

import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Checks what must hold of a PostgreSQL server, its users and its settings. */
final class PostgresCheck {

  private static final String WHO =
      "SELECT current_user, session_user, current_database(),"
          + " current_setting('is_superuser') = 'on',"
          + " current_setting('max_prepared_transactions')::int,"
          + " has_function_privilege('pg_control_system()', 'EXECUTE'),"
          + " pg_is_in_recovery(), current_setting('server_version_num')::int";

  /** Is the first version in which a role can be granted without the right to take it. */
  private static final int SET_IS_A_RIGHT = 160_000;

  private final JdbcSettings settings;
  private final List<Finding> findings = new ArrayList<>();

  private PostgresCheck(JdbcSettings settings) {
    this.settings = settings;
  }

  private record Who(
      String user,
      String login,
      String database,
      boolean superuser,
      int maxPrepared,
      boolean mayReadControl,
      boolean standby,
      int version) {

    static Who of(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(WHO)) {
        row.next();
        return new Who(
            row.getString(1),
            row.getString(2),
            row.getString(3),
            row.getBoolean(4),
            row.getInt(5),
            row.getBoolean(6),
            row.getBoolean(7),
            row.getInt(8));
      }
    }
  }

  static List<Finding> run(JdbcSettings settings, Connection working, Connection recovery)
      throws SQLException {
    var check = new PostgresCheck(settings);
    Who worker = Who.of(working);
    Who rescuer = Who.of(recovery);
    check.preparedTransactions(worker);
    check.control(rescuer);
    check.standby(worker);
    if (!worker.database().equals(rescuer.database())) {
      check.databases(worker, rescuer);
    } else if (!rescuer.superuser() && !rescuer.login().equals(worker.user())) {
      check.rights(worker, rescuer, recovery);
    }
    return check.findings;
  }

  private void preparedTransactions(Who who) {
    int wanted = settings.maxSize() + 1;
    String mend =
        "run ALTER SYSTEM SET max_prepared_transactions = "
            + Math.max(wanted, 100)
            + " and restart the server: it needs a server restart, a reload is not enough";
    if (who.maxPrepared() == 0) {
      findings.add(
          Finding.error(
              "max_prepared_transactions = 0",
              "PostgreSQL refuses every PREPARE TRANSACTION, so no branch can ever vote",
              mend));
    } else if (who.maxPrepared() < wanted) {
      findings.add(
          Finding.warning(
              "max_prepared_transactions = "
                  + who.maxPrepared()
                  + " is less than "
                  + settings.key("max-size")
                  + " and one branch for checks, "
                  + wanted,
              "under load transactions are rolled back, because no more branches can be prepared",
              mend));
    }
  }

  private void control(Who who) {
    if (!who.mayReadControl()) {
      findings.add(
          Finding.error(
              "'" + who.user() + "' may not run pg_control_system()",
              "the server's id cannot be known, and a stranger under this name would be believed",
              "run GRANT EXECUTE ON FUNCTION pg_control_system() TO " + quoted(who.user())));
    }
  }

  private void standby(Who who) {
    if (who.standby()) {
      findings.add(
          Finding.error(
              "the server is a standby",
              "it takes no writes and shows no branch of its primary",
              "name the primary in " + settings.key("url") + ", or add targetServerType=primary"));
    }
  }

  private void databases(Who worker, Who rescuer) {
    findings.add(
        Finding.error(
            "work goes to database '"
                + worker.database()
                + "' and recovery to '"
                + rescuer.database()
                + "'",
            "PostgreSQL lets a branch be finished only in its own database",
            "let both data sources name '" + worker.database() + "'"));
  }

  private void rights(Who worker, Who rescuer, Connection recovery) throws SQLException {
    if (!mayTake(worker.user(), rescuer, recovery)) {
      findings.add(
          Finding.error(
              settings.key("recovery.username")
                  + " = '"
                  + rescuer.login()
                  + "' is neither a superuser nor may it take the role '"
                  + worker.user()
                  + "' of "
                  + settings.key("username"),
              "it could not finish the working user's prepared branches, which only their owner and"
                  + " superusers may",
              "run GRANT "
                  + quoted(worker.user())
                  + " TO "
                  + quoted(rescuer.login())
                  + ", or recover with the working user"));
    }
  }

  private static boolean mayTake(String role, Who rescuer, Connection recovery)
      throws SQLException {
    String right = rescuer.version() < SET_IS_A_RIGHT ? "MEMBER" : "SET";
    String sql = "SELECT pg_has_role(session_user, ?, '" + right + "')";
    try (var statement = recovery.prepareStatement(sql)) {
      statement.setString(1, role);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static String quoted(String role) {
    return role.matches("[a-z_][a-z0-9_]*") ? role : '"' + role.replace("\"", "\"\"") + '"';
  }
}
