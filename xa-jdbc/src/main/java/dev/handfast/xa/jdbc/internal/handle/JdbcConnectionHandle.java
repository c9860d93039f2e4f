package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Is the connection that the application holds. Closing it ends no branch. Inside a global
 * transaction, calls that would end the branch are refused and change nothing.
 */
public final class JdbcConnectionHandle extends JdbcHandle {

  private final Connection connection;

  private JdbcConnectionHandle(Connection connection, ConnectionUse use) {
    super(connection, use);
    this.connection = connection;
  }

  public static Connection of(Connection connection, ConnectionUse use) {
    return proxy(Connection.class, new JdbcConnectionHandle(connection, use));
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] args) throws SQLException {
    String name = method.getName();
    switch (name) {
      case "close", "abort" -> {
        use().close(() -> pass(method, args));
        return null;
      }
      case "isClosed" -> {
        return pass(method, args);
      }
      case "commit", "rollback" -> use().refuseInTransaction(name + "()");
      case "setSchema",
          "setCatalog",
          "setClientInfo",
          "setTypeMap",
          "setHoldability",
          "setNetworkTimeout",
          "setReadOnly" ->
          use().noteSession();
      case "setAutoCommit" -> {
        if (Boolean.TRUE.equals(args[0])) {
          use().refuseInTransaction("setAutoCommit(true)");
        }
      }
      case "setTransactionIsolation" -> {
        use().noteSession();
        if (!args[0].equals(connection.getTransactionIsolation())) {
          use().refuseInTransaction("setTransactionIsolation(" + args[0] + ")");
        }
      }
      default -> {}
    }
    use().check();
    return wrapped((Connection) proxy, method, pass(method, args), args);
  }

  private @Nullable Object wrapped(
      Connection proxy, Method method, @Nullable Object result, Object[] args) throws SQLException {
    if (!(result instanceof Statement statement)) {
      return JdbcReachedHandle.fromConnection(method, result, proxy, use());
    }
    try {
      String prepared = args.length > 0 && args[0] instanceof String sql ? sql : "";
      var handle = new JdbcStatementHandle(proxy, statement, prepared, use());
      if (args.length > 0) {
        handle.checkSql(args[0]);
      }
      return JdbcHandle.proxy(typeOf(statement), handle);
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static Class<? extends Statement> typeOf(Statement statement) {
    if (statement instanceof CallableStatement) {
      return CallableStatement.class;
    }
    return statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
  }
}
