package dev.handfast.xa.internal.log;

import dev.handfast.xa.spi.Gtrid;
import java.time.Instant;
import java.util.List;

/** Decisions to write. */
final class LogSamples {

  static final String GTRID = "0f".repeat(36);

  private LogSamples() {}

  static DecisionRecord decision() {
    return decision(GTRID, List.of(branch("orders"), branch("events")));
  }

  static DecisionRecord decision(String gtrid, List<LoggedBranch> branches) {
    return new DecisionRecord(
        Gtrid.parse(gtrid), true, 4711, Instant.parse("2026-01-31T10:00:00.123Z"), branches);
  }

  static LoggedBranch branch(String resource) {
    return new LoggedBranch(resource, "ab".repeat(36));
  }
}
