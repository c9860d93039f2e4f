package dev.handfast.xa.jdbc.internal.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.jdbc.fixture.H2Fixture;
import dev.handfast.xa.jdbc.fixture.PostgresFixture;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.testkit.contract.ManualTransactions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.util.PGobject;

/** Whatever an owner of a connection sets, the next one finds what a new connection has. */
final class SessionResetTest {

  private static final PostgresFixture PG = PostgresFixture.fresh();

  static {
    PG.admin().execute("GRANT pg_read_all_data TO " + PG.name());
  }

  /** What can be seen of a session of PostgreSQL, one thing a line. */
  private static final String[] POSTGRES_STATE = {
    "SELECT name || '=' || setting FROM pg_settings WHERE name NOT LIKE 'transaction%'"
        + " ORDER BY name",
    "SELECT current_user || ' ' || session_user || ' ' || array(SELECT s FROM unnest(current_schemas(true)) s"
        + " WHERE s NOT LIKE 'pg_temp%')::text",
    "SELECT 'lock ' || objid FROM pg_locks WHERE locktype = 'advisory'"
        + " AND pid = pg_backend_pid()",
    "SELECT 'listens ' || pg_listening_channels()",
    "SELECT 'prepared ' || name FROM pg_prepared_statements WHERE from_sql",
    "SELECT 'cursor ' || name FROM pg_cursors WHERE name NOT LIKE 'C\\_%' AND name <> ''",
    "SELECT 'temporary ' || relname FROM pg_class WHERE relpersistence = 't'"
        + " AND pg_table_is_visible(oid)"
  };

  private static final String[] H2_STATE = {
    "SELECT SETTING_NAME || '=' || SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS"
        + " WHERE SETTING_NAME NOT LIKE 'info.%' ORDER BY 1",
    "SELECT STATE_KEY || '=' || STATE_COMMAND FROM INFORMATION_SCHEMA.SESSION_STATE ORDER BY 1",
    "SELECT CURRENT_SCHEMA || LOCK_TIMEOUT()",
    "SELECT ISOLATION_LEVEL FROM INFORMATION_SCHEMA.SESSIONS WHERE SESSION_ID = SESSION_ID()"
  };

  @TempDir private Path directory;
  private final ManualTransactions transactions = new ManualTransactions();
  private ResourceManager<DataSource> manager;

  /** Does something to a connection. */
  private interface Change {
    void to(Connection connection) throws SQLException;
  }

  private record Case(String name, Change change) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case sql(String sql) {
    return new Case(sql, connection -> H2Fixture.execute(connection, sql));
  }

  private static Case call(String name, Change change) {
    return new Case(name, change);
  }

  static Stream<Case> ofPostgres() {
    return Stream.of(
        sql("SET search_path = pg_catalog"),
        sql("SET SESSION statement_timeout = '77s'"),
        sql("SELECT set_config('work_mem', '7MB', false)"),
        sql("SELECT set_config('work_mem', '7MB', 1 = 2)"),
        sql("SET ROLE pg_read_all_data"),
        sql("SELECT pg_advisory_lock(47)"),
        sql("PREPARE mine AS SELECT 1"),
        sql("SET TIME ZONE 'Asia/Tokyo'"),
        sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"),
        sql("SELECT 1; SET extra_float_digits = 0"),
        call("setSchema", connection -> connection.setSchema("pg_catalog")),
        call("setClientInfo", connection -> connection.setClientInfo("ApplicationName", "tenant")),
        call("setTypeMap", connection -> connection.setTypeMap(Map.of("mine", PGobject.class))),
        call(
            "setHoldability",
            connection -> connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT)),
        call(
            "setNetworkTimeout", connection -> connection.setNetworkTimeout(Runnable::run, 77_000)),
        call(
            "setPrepareThreshold",
            connection -> connection.unwrap(PGConnection.class).setPrepareThreshold(77)),
        call(
            "setDefaultFetchSize",
            connection -> connection.unwrap(PGConnection.class).setDefaultFetchSize(77)),
        call(
            "setAutosave",
            connection -> connection.unwrap(PGConnection.class).setAutosave(AutoSave.ALWAYS)));
  }

  /** PostgreSQL prepares no branch that has done these. */
  static Stream<Case> ofPostgresOutside() {
    return Stream.concat(
        ofPostgres(), Stream.of(sql("LISTEN news"), sql("CREATE TEMPORARY TABLE mine(x int)")));
  }

  static Stream<Case> ofH2() {
    return Stream.of(
        sql("SET SCHEMA INFORMATION_SCHEMA"),
        sql("SET SCHEMA_SEARCH_PATH INFORMATION_SCHEMA"),
        sql("SET LOCK_TIMEOUT 77"),
        sql("SET @mine = 77"),
        sql("SELECT @mine := 77"),
        sql("SET QUERY_TIMEOUT 77000"),
        sql("SET TIME ZONE '7:00'"),
        sql("SET NON_KEYWORDS YEAR"),
        sql("CREATE LOCAL TEMPORARY TABLE mine(x INT) TRANSACTIONAL"),
        sql("EXECUTE IMMEDIATE 'SET LOCK_TIMEOUT 77'"),
        call("setSchema", connection -> connection.setSchema("INFORMATION_SCHEMA")),
        call(
            "unwrap",
            connection -> H2Fixture.physical(connection).setSchema("INFORMATION_SCHEMA")));
  }

  private void openPostgres() {
    manager = PG.open(transactions, builder -> builder.minSize(1).maxSize(1));
  }

  private void openH2() throws SQLException {
    manager = H2Fixture.in(directory).open(transactions, builder -> builder.minSize(1).maxSize(1));
  }

  @AfterEach
  void close() {
    transactions.leave();
    manager.close();
  }

  @ParameterizedTest
  @MethodSource("ofPostgres")
  void postgresIsAsNewAfterATransaction(Case change) throws Exception {
    openPostgres();
    List<String> before = postgres();

    inATransaction(change);

    assertThat(postgres()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("ofPostgresOutside")
  void postgresIsAsNewAfterWorkOutside(Case change) throws Exception {
    openPostgres();
    List<String> before = postgres();

    outside(change);

    assertThat(postgres()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("ofH2")
  void h2IsAsNewAfterATransaction(Case change) throws Exception {
    openH2();
    List<String> before = h2();

    inATransaction(change);

    assertThat(h2()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("ofH2")
  void h2IsAsNewAfterWorkOutside(Case change) throws Exception {
    openH2();
    List<String> before = h2();

    outside(change);

    assertThat(h2()).isEqualTo(before);
  }

  @Test
  void keepsTheConnectionThatItMadeAsNew() throws Exception {
    openPostgres();
    int server = server();

    inATransaction(sql("SET search_path = pg_catalog"));
    inATransaction(sql("SELECT 1"));

    assertThat(server()).isEqualTo(server);
  }

  /** What the driver has prepared on the server is gone with the session's other state. */
  @Test
  void executesPreparedStatementsAsBefore() throws Exception {
    openPostgres();
    for (int i = 0; i < 12; i++) {
      try (Connection connection = manager.handle().getConnection();
          var statement = connection.prepareStatement("SELECT ? + 1")) {
        statement.setInt(1, i);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          assertThat(row.getInt(1)).isEqualTo(i + 1);
        }
        if (i % 3 == 2) {
          connection.setSchema("pg_catalog");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rollsBackWhatWasNotCommittedOutside(boolean postgres) throws Exception {
    if (postgres) {
      openPostgres();
    } else {
      openH2();
    }
    try (Connection connection = manager.handle().getConnection()) {
      connection.setAutoCommit(false);
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
    }

    try (Connection connection = manager.handle().getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(rows(connection, "SELECT * FROM item")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rollsBackWhatBeganBySqlOutside(boolean postgres) throws Exception {
    if (postgres) {
      openPostgres();
    } else {
      openH2();
    }
    try (Connection connection = manager.handle().getConnection()) {
      H2Fixture.execute(connection, "BEGIN");
      H2Fixture.execute(connection, "INSERT INTO item VALUES(1)");
    }

    try (Connection connection = manager.handle().getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(rows(connection, "SELECT * FROM item")).isEmpty();
    }
  }

  private void inATransaction(Case change) throws Exception {
    var tx = transactions.begin();
    try (Connection connection = manager.handle().getConnection()) {
      change.change().to(connection);
    }
    tx.commit();
    transactions.leave();
  }

  private void outside(Case change) throws SQLException {
    try (Connection connection = manager.handle().getConnection()) {
      change.change().to(connection);
    }
  }

  private int server() throws SQLException {
    try (Connection connection = manager.handle().getConnection()) {
      return Integer.parseInt(rows(connection, "SELECT pg_backend_pid()").get(0));
    }
  }

  private List<String> postgres() throws SQLException {
    var state = new ArrayList<String>();
    try (Connection connection = manager.handle().getConnection()) {
      for (String query : POSTGRES_STATE) {
        state.addAll(rows(connection, query));
      }
      driver(connection, state);
      PGConnection driver = connection.unwrap(PGConnection.class);
      state.add("threshold " + driver.getPrepareThreshold());
      state.add("fetch size " + driver.getDefaultFetchSize());
      state.add("autosave " + driver.getAutosave());
    }
    return state;
  }

  private List<String> h2() throws SQLException {
    var state = new ArrayList<String>();
    try (Connection connection = manager.handle().getConnection()) {
      for (String query : H2_STATE) {
        state.addAll(rows(connection, query));
      }
      driver(connection, state);
    }
    return state;
  }

  private static void driver(Connection connection, List<String> state) throws SQLException {
    state.add("autocommit " + connection.getAutoCommit());
    state.add("read-only " + connection.isReadOnly());
    state.add("isolation " + connection.getTransactionIsolation());
    state.add("holdability " + connection.getHoldability());
    state.add("network timeout " + connection.getNetworkTimeout());
    state.add("types " + connection.getTypeMap());
    state.add("schema " + connection.getSchema());
    Properties info = connection.getClientInfo();
    state.add("client info " + info.getProperty("ApplicationName"));
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    var rows = new ArrayList<String>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }
}
