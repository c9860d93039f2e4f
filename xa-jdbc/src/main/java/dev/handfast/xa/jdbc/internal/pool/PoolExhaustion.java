package dev.handfast.xa.jdbc.internal.pool;

import dev.handfast.xa.jdbc.internal.connect.ConnectionFailures;
import dev.handfast.xa.jdbc.internal.settings.JdbcSettings;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/** Makes the exception that tells that no connection came free in time. */
final class PoolExhaustion {

  private PoolExhaustion() {}

  /**
   * Makes the exception of a thread that waited for so long.
   *
   * @param counts of the connections, for a reader
   */
  static SQLException after(JdbcSettings settings, Duration elapsed, String counts) {
    return new SQLTransientConnectionException(
        "Resource '"
            + settings.name()
            + "': no connection came free within "
            + elapsed.toMillis()
            + " ms ("
            + settings.key("acquisition-timeout")
            + " = "
            + settings.acquisitionTimeout().toMillis()
            + "ms): "
            + counts
            + ". To solve this, close connections sooner, or raise "
            + settings.key("max-size")
            + ".",
        ConnectionFailures.NO_CONNECTION);
  }
}
