package dev.handfast.xa.internal.order;

import dev.handfast.xa.spi.MessageLog;
import java.util.function.BooleanSupplier;

/** The audit log of a log in memory: the lines go to the application's log. */
final class LoggedLines implements AuditSink {

  private static final MessageLog LOG = MessageLog.of(LoggedLines.class);

  @Override
  public void append(String lines, boolean force, BooleanSupplier isWanted) {
    lines
        .lines()
        .forEach(
            line ->
                LOG.infof(
                    "HANDFAST001070 Order, not kept because the log store is in memory: %s", line));
  }

  @Override
  public String toString() {
    return "the application's log";
  }
}
