package dev.handfast.xa.jdbc.internal.branch;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Is a call of the application's into the driver. */
@FunctionalInterface
public interface DriverCall<R extends @Nullable Object> {

  R run() throws SQLException;

  /** A call that answers nothing. */
  interface Step extends DriverCall<Boolean> {

    void take() throws SQLException;

    @Override
    default Boolean run() throws SQLException {
      take();
      return true;
    }
  }
}
