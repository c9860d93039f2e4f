package dev.handfast.xa.it.kill;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The databases and the broker as plain clients see them, without any transaction manager. */
final class Outside {

  private static final Pattern BASE64 = Pattern.compile("base64: (\\S+)");
  private static final String IDS = "SELECT id FROM item";

  private final PostgresServer server;
  private final BrokerProcess broker;
  private final KillSettings settings;

  Outside(PostgresServer server, BrokerProcess broker, KillSettings settings) {
    this.server = server;
    this.broker = broker;
    this.settings = settings;
  }

  private PostgresDatabase postgres() {
    return server.database(KillSettings.USER);
  }

  void createTables() throws SQLException {
    // Without a key: a row that is there twice must be seen.
    String sql = "CREATE TABLE item (id BIGINT)";
    postgres().as(KillSettings.USER, KillSettings.PASSWORD).execute(sql);
    h2(sql);
  }

  void deleteRows() throws SQLException {
    postgres().execute("TRUNCATE item");
    h2("TRUNCATE TABLE item");
  }

  private void h2(String sql) throws SQLException {
    try (Connection c = DriverManager.getConnection(settings.h2());
        Statement s = c.createStatement()) {
      s.execute(sql);
    }
  }

  /** Branches that are prepared at this moment in what is up; H2 only without the application. */
  Set<String> prepared() {
    Set<String> all = new HashSet<>();
    if (server.isAlive()) {
      all.addAll(postgres().preparedBranches());
    }
    if (broker.isAlive()) {
      new BrokerQueues(broker.url()).preparedBranches().stream().map(Outside::id).forEach(all::add);
    }
    return all;
  }

  /** The broker shows a branch with a date, which changes when the broker is started again. */
  private static String id(String shown) {
    Matcher matcher = BASE64.matcher(shown);
    return matcher.find() ? matcher.group(1) : shown;
  }

  /** How many branches are prepared in PostgreSQL since before a moment. */
  long preparedBefore(Instant moment) {
    return postgres()
        .column("SELECT gid FROM pg_prepared_xacts WHERE prepared < '" + moment + "'")
        .size();
  }

  List<String> preparedInside() throws SQLException {
    return h2Column("SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT");
  }

  /** How often each transaction is found in each place; takes the messages off the queue. */
  Map<String, Map<Long, Integer>> count() throws SQLException {
    Map<String, Map<Long, Integer>> found = new LinkedHashMap<>();
    found.put("H2", times(h2Column(IDS)));
    found.put("PostgreSQL", times(postgres().column(IDS)));
    found.put("queue", times(new BrokerQueues(broker.url()).drainTexts(settings.queue())));
    return found;
  }

  private static Map<Long, Integer> times(List<String> ids) {
    Map<Long, Integer> times = new HashMap<>();
    ids.forEach(id -> times.merge(Long.valueOf(id), 1, Integer::sum));
    return times;
  }

  private List<String> h2Column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection c = DriverManager.getConnection(settings.h2());
        Statement s = c.createStatement();
        ResultSet r = s.executeQuery(sql)) {
      while (r.next()) {
        values.add(r.getString(1));
      }
    }
    return values;
  }
}
