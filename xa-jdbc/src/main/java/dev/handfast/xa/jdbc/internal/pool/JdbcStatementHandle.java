package dev.handfast.xa.jdbc.internal.pool;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import dev.handfast.xa.jdbc.internal.dialect.SqlDenyList;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Is the statement that the application holds. It executes only while its connection's use goes on,
 * and no SQL that the dialect denies.
 */
final class JdbcStatementHandle extends JdbcHandle {

  private final Connection owner;
  private final Statement statement;
  private final ConnectionUse use;
  private final SqlDenyList denied;
  private final String prepared;

  /**
   * @param prepared the statement's text, empty if each execution brings its own
   */
  JdbcStatementHandle(
      Connection owner,
      Statement statement,
      String prepared,
      ConnectionUse use,
      SqlDenyList denied) {
    super(statement);
    this.prepared = prepared;
    this.owner = owner;
    this.statement = statement;
    this.use = use;
    this.denied = denied;
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] args) throws SQLException {
    String name = method.getName();
    if (name.equals("getConnection")) {
      return owner;
    }
    if (name.equals("addBatch") && args.length > 0) {
      checkSql(args[0]);
    }
    if (!name.startsWith("execute")) {
      return pass(method, args);
    }
    if (args.length > 0) {
      checkSql(args[0]);
    }
    String sql = args.length > 0 && args[0] instanceof String text ? text : prepared;
    Object result = use.execute(statement, () -> shown(sql), () -> pass(method, args));
    return result instanceof ResultSet rows && rows.getConcurrency() == ResultSet.CONCUR_UPDATABLE
        ? JdbcHandle.proxy(ResultSet.class, new Rows(rows))
        : result;
  }

  void checkSql(@Nullable Object sql) throws SQLException {
    if (sql instanceof String text && use.isTransactional() && denied.denies(text)) {
      use.refuseInTransaction("'" + firstWords(text, 2) + "'");
    }
  }

  /**
   * Says what the SQL does and to what, and no more, because a text may hold the values themselves.
   */
  private static String shown(String sql) {
    return sql.isEmpty() ? "a batch" : firstWords(sql, 3);
  }

  private static String firstWords(String sql, int most) {
    StringBuilder words = new StringBuilder();
    StringTokenizer tokens = new StringTokenizer(sql);
    for (int i = 0; i < most && tokens.hasMoreTokens(); i++) {
      words.append(i == 0 ? "" : " ").append(tokens.nextToken());
    }
    return words.toString();
  }

  /** Is a result whose rows can be changed in place. */
  private final class Rows extends JdbcHandle {

    private static final Set<String> CHANGES = Set.of("insertRow", "updateRow", "deleteRow");

    Rows(ResultSet rows) {
      super(rows);
    }

    @Override
    @Nullable Object call(Object proxy, Method method, Object[] args) throws SQLException {
      return CHANGES.contains(method.getName())
          ? use.execute(statement, method::getName, () -> pass(method, args))
          : pass(method, args);
    }
  }
}
