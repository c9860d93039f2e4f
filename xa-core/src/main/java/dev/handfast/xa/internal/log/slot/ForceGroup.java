package dev.handfast.xa.internal.log.slot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies that are forced together. Guarded by the lock of the store. */
final class ForceGroup {

  /** What became of the copies. */
  enum Result {
    WAITING,
    FORCED,
    /** They are certainly not on disk. */
    WITHDRAWN,
    /** Nobody knows whether they are on disk. */
    UNDECIDED
  }

  private final List<Written> written = new ArrayList<>();
  private final List<Placement> emptied = new ArrayList<>();
  private final List<Removal> removals = new ArrayList<>();
  private final List<FileChange> changes = new ArrayList<>();
  private Result result = Result.WAITING;
  private @Nullable Throwable failure;
  private @Nullable ForceGroup takenBefore;

  /** A copy joins, before it is written; if that fails, it has not joined. */
  void add(Written copy) {
    written.add(copy);
  }

  /** Something else joins, before it is written. */
  void add(FileChange change) {
    changes.add(change);
  }

  /** It could not be written, and does no harm. */
  void remove(FileChange change) {
    changes.remove(change);
  }

  List<FileChange> changes() {
    return changes;
  }

  /** A copy whose head was marked as free; a force makes sure of that. */
  void emptied(Placement copy) {
    emptied.add(copy);
  }

  /** A removal that goes on after a force. */
  void add(Removal removal) {
    removals.add(removal);
  }

  List<Removal> removals() {
    return removals;
  }

  List<Written> written() {
    return written;
  }

  List<Placement> emptied() {
    return emptied;
  }

  /** Whether somebody waits for it. */
  boolean isJoined() {
    return !written.isEmpty() || !changes.isEmpty();
  }

  /** Puts it on the pile of groups that one leader forces. */
  void takenAfter(@Nullable ForceGroup before) {
    takenBefore = before;
  }

  @Nullable ForceGroup takenBefore() {
    return takenBefore;
  }

  /** A write failed: nothing here is to be believed. */
  void spoil(Throwable why) {
    failure = why;
  }

  boolean isSpoiled() {
    return isWaiting() && failure != null;
  }

  void ended(Result how, @Nullable Throwable why) {
    result = how;
    failure = why;
  }

  boolean isWaiting() {
    return result == Result.WAITING;
  }

  Result result() {
    return result;
  }

  @Nullable Throwable failure() {
    return failure;
  }
}
