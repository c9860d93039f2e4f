package dev.handfast.xa.jdbc.internal.dialect.h2;

import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import dev.handfast.xa.spi.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what must hold of an H2 database before the first transaction. */
final class H2Check {

  /** Is the version that the tests kill. */
  private static final String TRIED = "2.4.240";

  /** Are the versions that lose what they answered. */
  private static final Set<String> LOSES = Set.of("2.5.250", "2.5.252");

  private final JdbcSettings settings;
  private final H2Url place;
  private final String shownUrl;
  private final List<Finding> findings = new ArrayList<>();

  private H2Check(JdbcSettings settings, H2Url place, String shownUrl) {
    this.settings = settings;
    this.place = place;
    this.shownUrl = shownUrl;
  }

  static List<Finding> of(
      JdbcSettings settings, H2Url place, String shownUrl, Connection working, Connection recovery)
      throws SQLException {
    var check = new H2Check(settings, place, shownUrl);
    check.place(working);
    check.admin(working, settings.key("username"));
    if (settings.recovery() != null) {
      check.admin(recovery, settings.key("recovery.username"));
    }
    return check.findings;
  }

  private void place(Connection connection) throws SQLException {
    switch (place) {
      case MEMORY ->
          findings.add(
              Finding.warning(
                  shownUrl + " is in memory",
                  "nothing of it can be recovered after a crash",
                  "use a file database such as jdbc:h2:./data/"
                      + settings.name()
                      + " outside tests"));
      case SERVER ->
          findings.add(
              Finding.warning(
                  shownUrl + " is H2 in server mode",
                  "the server forgets the prepared branches of an application that dies, and a branch"
                      + " that it ended by itself, as the victim of a deadlock for example, votes"
                      + " for what came afterwards",
                  "use a file database such as jdbc:h2:./data/" + settings.name()));
      case FILE -> {
        version(column(connection, "SELECT H2VERSION()")).ifPresent(findings::add);
        writeDelay(connection);
      }
    }
  }

  /** Answers what is wrong with a version of H2, empty if nothing is. */
  static Optional<Finding> version(String version) {
    if (LOSES.contains(version)) {
      return Optional.of(
          Finding.error(
              "H2 " + version + " forgets commits and votes that it has answered",
              "killed at the wrong moment it opens its file as it was before the last writes, and"
                  + " does not finish commits that were under way",
              "put com.h2database:h2:" + TRIED + " on the class path"));
    }
    return version.equals(TRIED)
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "H2 " + version + " was not tried",
                "two releases of it, " + String.join(" and ", sorted()) + ", lost commits",
                "use com.h2database:h2:" + TRIED));
  }

  private static List<String> sorted() {
    return LOSES.stream().sorted().toList();
  }

  private void writeDelay(Connection connection) throws SQLException {
    String delay =
        column(
            connection,
            "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
                + " WHERE SETTING_NAME = 'WRITE_DELAY'");
    if (!delay.equals("0")) {
      findings.add(
          Finding.error(
              shownUrl + " has WRITE_DELAY = " + delay,
              "H2 then answers votes and commits before it has written them",
              "put ;WRITE_DELAY=0 into the URL"));
    }
  }

  private void admin(Connection connection, String key) throws SQLException {
    String user =
        column(
            connection,
            "SELECT USER_NAME FROM INFORMATION_SCHEMA.USERS"
                + " WHERE USER_NAME = CURRENT_USER AND NOT IS_ADMIN");
    if (!user.isEmpty()) {
      findings.add(noAdministrator(key, user));
    }
  }

  static Finding noAdministrator(String key, String user) {
    return Finding.error(
        key + " = '" + user + "' is no H2 administrator",
        "H2 lets only administrators commit, roll back and see prepared branches",
        "run ALTER USER " + user + " ADMIN TRUE, or name another user");
  }

  /** Answers the first column of the first row, empty if there is none. */
  private static String column(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      return answer.next() ? String.valueOf(answer.getString(1)) : "";
    }
  }
}
