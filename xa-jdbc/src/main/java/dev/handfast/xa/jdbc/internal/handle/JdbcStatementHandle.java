package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import dev.handfast.xa.jdbc.internal.sql.SqlWords;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Is the statement that the application holds. It executes only while its connection's use goes on,
 * and no SQL that the dialect denies.
 */
final class JdbcStatementHandle extends JdbcHandle {

  private final Connection owner;
  private final Statement statement;
  private final String prepared;

  /**
   * @param prepared the statement's text, empty if each execution brings its own
   */
  JdbcStatementHandle(Connection owner, Statement statement, String prepared, ConnectionUse use) {
    super(statement, use);
    this.prepared = prepared;
    this.owner = owner;
    this.statement = statement;
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
    if (sql instanceof String text) {
      use().checkSql(text);
    }
  }

  /**
   * Says what the SQL does and to what, and no more, because a text may hold the values themselves.
   */
  private static String shown(String sql) {
    return sql.isEmpty() ? "a batch" : SqlWords.first(sql, 3);
  }
}
