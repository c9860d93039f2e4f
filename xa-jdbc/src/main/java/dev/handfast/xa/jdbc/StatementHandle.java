package dev.handfast.xa.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The application's statement: executes only while its connection's use goes on. */
final class StatementHandle extends Handle {

  private final Connection owner;
  private final Statement statement;
  private final ConnectionUse use;
  private final Dialect dialect;

  StatementHandle(Connection owner, Statement statement, ConnectionUse use, Dialect dialect) {
    super(statement);
    this.owner = owner;
    this.statement = statement;
    this.use = use;
    this.dialect = dialect;
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
    Object result = use.execute(statement, () -> pass(method, args));
    return result instanceof ResultSet rows && rows.getConcurrency() == ResultSet.CONCUR_UPDATABLE
        ? Handle.proxy(ResultSet.class, new Rows(rows))
        : result;
  }

  void checkSql(@Nullable Object sql) throws SQLException {
    if (sql instanceof String text && use.isTransactional() && dialect.endsBranch(text)) {
      use.refuseInTransaction("'" + firstWords(text) + "'");
    }
  }

  private static String firstWords(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    String[] words = line.split(" ", 3);
    return words.length < 2 ? line : words[0] + " " + words[1];
  }

  /** Rows that can be changed in place. */
  private final class Rows extends Handle {

    private static final Set<String> CHANGES = Set.of("insertRow", "updateRow", "deleteRow");

    Rows(ResultSet rows) {
      super(rows);
    }

    @Override
    @Nullable Object call(Object proxy, Method method, Object[] args) throws SQLException {
      return CHANGES.contains(method.getName())
          ? use.execute(statement, () -> pass(method, args))
          : pass(method, args);
    }
  }
}
