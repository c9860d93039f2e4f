package dev.handfast.xa.internal.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Records to write. */
final class LogSamples {

  static final String TYPE = "/StateManager/AtomicAction";

  private LogSamples() {}

  static LogRecord record(String uid) {
    return record(uid, List.of(branch("orders"), branch("events")));
  }

  static LogRecord record(String uid, List<LoggedBranch> branches) {
    return record(uid, "0f".repeat(36), branches);
  }

  static LogRecord record(String uid, String gtrid, List<LoggedBranch> branches) {
    Decision decision =
        new Decision(gtrid, true, 4711, Instant.parse("2026-01-31T10:00:00.123Z"), branches);
    return new LogRecord(
        new RecordKey(TYPE, uid),
        decision,
        "state of the transaction manager".getBytes(StandardCharsets.UTF_8));
  }

  static LoggedBranch branch(String resource) {
    return new LoggedBranch(resource, "ab".repeat(36));
  }
}
