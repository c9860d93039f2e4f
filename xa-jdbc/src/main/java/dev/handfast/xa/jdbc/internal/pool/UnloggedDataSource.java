package dev.handfast.xa.jdbc.internal.pool;

import java.io.PrintWriter;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Is a data source that writes to no log of its caller's. The module logs through JBoss Logging.
 */
abstract class UnloggedDataSource implements CommonDataSource {

  @Override
  public final @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public final void setLogWriter(PrintWriter out) {
    // Nothing is written.
  }

  @Override
  public final Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("logs through JBoss Logging");
  }
}
