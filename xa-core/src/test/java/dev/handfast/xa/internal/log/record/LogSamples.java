package dev.handfast.xa.internal.log.record;

import dev.handfast.xa.spi.Gtrid;
import java.time.Instant;
import java.util.List;

/** Decisions to write. */
public final class LogSamples {

  static final String GTRID = "0f".repeat(36);

  private LogSamples() {}

  public static DecisionRecord decision() {
    return decision(GTRID, List.of(branch("orders"), branch("events")));
  }

  public static DecisionRecord decision(String gtrid, List<LoggedBranch> branches) {
    return new DecisionRecord(
        Gtrid.parse(gtrid), true, 4711, Instant.parse("2026-01-31T10:00:00.123Z"), branches);
  }

  public static LoggedBranch branch(String resource) {
    return new LoggedBranch(resource, "ab".repeat(36));
  }
}
