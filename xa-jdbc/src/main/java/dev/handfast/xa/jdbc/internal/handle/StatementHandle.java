package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.ExecutingStatement;
import dev.handfast.xa.jdbc.internal.handle.forward.ForwardingCallableStatement;
import dev.handfast.xa.jdbc.internal.handle.forward.ForwardingPreparedStatement;
import dev.handfast.xa.jdbc.internal.handle.forward.Origin;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.Statement;

/** Is the statement that the application holds. */
final class StatementHandle extends ExecutingStatement<Statement> {

  private StatementHandle(Statement target, Origin origin) {
    super(target, origin, "");
  }

  /** A statement that is prepared. */
  private static final class Prepared extends ForwardingPreparedStatement<PreparedStatement> {
    Prepared(PreparedStatement target, Origin origin, String sql) {
      super(target, origin, sql);
    }
  }

  /** A call that is prepared. */
  private static final class Callable extends ForwardingCallableStatement {
    Callable(CallableStatement target, Origin origin, String sql) {
      super(target, origin, sql);
    }
  }

  /** Makes a handle of the kind that the statement is of. */
  static Statement of(Statement target, Origin origin, String sql) {
    if (target instanceof CallableStatement call) {
      return new Callable(call, origin, sql);
    }
    return target instanceof PreparedStatement prepared
        ? new Prepared(prepared, origin, sql)
        : new StatementHandle(target, origin);
  }

  static PreparedStatement prepared(PreparedStatement target, Origin origin, String sql) {
    return new Prepared(target, origin, sql);
  }

  static CallableStatement callable(CallableStatement target, Origin origin, String sql) {
    return new Callable(target, origin, sql);
  }
}
