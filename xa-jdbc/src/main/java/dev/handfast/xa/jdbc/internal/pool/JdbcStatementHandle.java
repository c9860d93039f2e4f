package dev.handfast.xa.jdbc.internal.pool;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import dev.handfast.xa.jdbc.internal.dialect.SqlDenyList;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Is the statement that the application holds. It executes only while its connection's use goes on,
 * and no SQL that the dialect denies.
 */
final class JdbcStatementHandle extends JdbcHandle {

  private final Connection owner;
  private final Statement statement;
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
    super(statement, use);
    this.prepared = prepared;
    this.owner = owner;
    this.statement = statement;
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
      return reached(proxy, method, pass(method, args));
    }
    if (args.length > 0) {
      checkSql(args[0]);
    }
    String sql = args.length > 0 && args[0] instanceof String text ? text : prepared;
    return reached(
        proxy, method, use().execute(statement, () -> shown(sql), () -> pass(method, args)));
  }

  private @Nullable Object reached(Object proxy, Method method, @Nullable Object result) {
    return JdbcReachedHandle.fromStatement(method, result, owner, statement, proxy, use());
  }

  void checkSql(@Nullable Object sql) throws SQLException {
    if (sql instanceof String text && use().isTransactional() && denied.denies(text)) {
      use().refuseInTransaction("'" + firstWords(text, 2) + "'");
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
}
