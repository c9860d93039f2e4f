package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.branch.ConnectionUse;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Is what the application reached from a connection or a statement: rows, their description, a
 * large object and the like, and what is reached from these in turn.
 */
final class JdbcReachedHandle extends JdbcHandle {

  /** Change rows in place. */
  private static final Set<String> CHANGES = Set.of("insertRow", "updateRow", "deleteRow");

  /** End a thing, which must work when the use is over. */
  private static final Set<String> ENDS = Set.of("close", "free", "isClosed");

  private final Origin origin;
  private final boolean closedByPool;

  /**
   * Says where a handle came from.
   *
   * @param statement the pool's statement, null if it was reached from the connection
   * @param handle the application's handle of the statement
   */
  private record Origin(Connection owner, @Nullable Statement statement, @Nullable Object handle) {}

  private JdbcReachedHandle(Object target, Origin origin, ConnectionUse use) {
    super(target, use);
    this.origin = origin;
    this.closedByPool = target instanceof ResultSet && origin.statement() != null;
  }

  /** Answers a handle of what a method of a connection answered, or the same if none is needed. */
  static @Nullable Object fromConnection(
      Method method, @Nullable Object result, Connection owner, ConnectionUse use) {
    return from(method, result, new Origin(owner, null, null), use);
  }

  /** Answers a handle of what a method of a statement answered, or the same if none is needed. */
  static @Nullable Object fromStatement(
      Method method,
      @Nullable Object result,
      Connection owner,
      Statement statement,
      Object handle,
      ConnectionUse use) {
    return leadsOn(method)
        ? from(method, result, new Origin(owner, statement, handle), use)
        : result;
  }

  private static @Nullable Object from(
      Method method, @Nullable Object result, Origin origin, ConnectionUse use) {
    return result == null || !leadsOn(method)
        ? result
        : proxy(method.getReturnType(), new JdbcReachedHandle(result, origin, use));
  }

  @Override
  @Nullable Object call(Object proxy, Method method, Object[] args) throws SQLException {
    String name = method.getName();
    Statement statement = origin.statement();
    if (name.equals("getConnection")) {
      return origin.owner();
    }
    if (name.equals("getStatement") && origin.handle() != null) {
      return origin.handle();
    }
    if (!closedByPool && !ENDS.contains(name)) {
      use().check();
    }
    if (statement != null && CHANGES.contains(name)) {
      return use().execute(statement, () -> name, () -> pass(method, args));
    }
    return from(method, pass(method, args), origin, use());
  }
}
