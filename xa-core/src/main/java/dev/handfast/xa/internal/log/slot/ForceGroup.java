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

  private final List<Placement> written = new ArrayList<>();
  private final List<Placement> superseded = new ArrayList<>();
  private final List<Integer> emptied = new ArrayList<>();
  private final List<SlotMend.Change> changes = new ArrayList<>();
  private Result result = Result.WAITING;
  private @Nullable Throwable failure;

  /** A copy joins, and those that it replaces, which are kept until it is forced. */
  void add(Placement fresh, List<Placement> old) {
    written.add(fresh);
    superseded.addAll(old);
  }

  /** Something else that was written joins. */
  void add(SlotMend.Change change) {
    changes.add(change);
  }

  List<SlotMend.Change> changes() {
    return changes;
  }

  /** Slots that may be used again once it is certain that no head names them. */
  void emptied(List<Integer> slots) {
    emptied.addAll(slots);
  }

  /** The copies that are still wanted. */
  List<Placement> written() {
    return written.stream().filter(copy -> !copy.isReleased()).toList();
  }

  List<Placement> superseded() {
    return superseded;
  }

  List<Integer> emptied() {
    return emptied;
  }

  /** A write failed: nothing here is to be believed. */
  void spoil(Throwable why) {
    failure = why;
  }

  boolean isSpoiled() {
    return result == Result.WAITING && failure != null;
  }

  void ended(Result how, @Nullable Throwable why) {
    result = how;
    failure = why;
  }

  Result result() {
    return result;
  }

  @Nullable Throwable failure() {
    return failure;
  }
}
