package dev.handfast.xa.jdbc.internal.handle;

import dev.handfast.xa.jdbc.internal.handle.forward.ForwardingResultSet;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Is a set of rows that the application holds. A transaction within its own may go on reading it.
 */
final class ResultSetHandle extends ForwardingResultSet {

  private final @Nullable Statement statement;

  ResultSetHandle(ResultSet target, Reach origin) {
    super(target, origin);
    this.statement = origin.handle();
  }

  @Override
  protected void check() throws SQLException {
    use().checkThread();
  }

  /** Leads to the application's statement, or to one that only the driver knew of. */
  @Override
  public @Nullable Statement getStatement() throws SQLException {
    return statement == null ? reach(() -> target().getStatement()) : statement;
  }

  @Override
  public void close() throws SQLException {
    end(() -> target().close());
  }

  @Override
  public boolean isClosed() throws SQLException {
    return use().callOr(true, () -> target().isClosed());
  }

  @Override
  public void insertRow() throws SQLException {
    work("insertRow", () -> target().insertRow());
  }

  @Override
  public void updateRow() throws SQLException {
    work("updateRow", () -> target().updateRow());
  }

  @Override
  public void deleteRow() throws SQLException {
    work("deleteRow", () -> target().deleteRow());
  }

  @Override
  public void refreshRow() throws SQLException {
    work("refreshRow", () -> target().refreshRow());
  }
}
