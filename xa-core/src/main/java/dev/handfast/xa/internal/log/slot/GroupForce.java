package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.log.record.LogStoreException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Leader and followers, no timer: whoever finds no force running forces for all that have written
 * until then; the others wait. One thread alone pays one force and no delay.
 *
 * <p>After a failed force nothing that was written before its return is believed, since the
 * operating system may have dropped those pages and will not say so again: all of it is withdrawn,
 * and the withdrawal forced. If that fails too, the log has failed for good.
 *
 * <p>Whatever is thrown meanwhile, every group that was joined gets its result: what a leader needs
 * for that is there before anything is written.
 */
final class GroupForce {

  private static final int MOST_ATTEMPTS = 100;

  private final Pages file;
  private final SlotSpace space;
  private final StoreLock lock;
  private final Condition changed;
  private ForceGroup open = new ForceGroup();
  private @Nullable ForceGroup spare;

  /** What the leader has taken and must answer, the last first. */
  private @Nullable ForceGroup taken;

  private boolean forcing;
  private @Nullable Throwable failed;
  private String reason = "a write could neither be forced nor withdrawn";

  /**
   * @param lock guards the space and every method here but {@link #result}
   */
  GroupForce(Pages file, SlotSpace space, StoreLock lock) {
    this.file = file;
    this.space = space;
    this.lock = lock;
    this.changed = lock.newCondition();
  }

  /** The group that is forced next, to be joined. */
  ForceGroup open() {
    if (spare == null) {
      spare = new ForceGroup();
    }
    return open;
  }

  /** Refuses work after a failure that left it open what is on disk. */
  void requireSound() {
    if (failed != null) {
      throw new LogStoreException(
          "The log "
              + file.path()
              + " has failed: "
              + reason
              + ". No transaction is logged any more. To solve this, mend that and start again.",
          failed);
    }
  }

  /** Nothing is to be written any more, for another reason than a failed write. */
  void fail(String why) {
    if (failed == null) {
      reason = why;
      failed = new LogStoreException(why);
    }
  }

  /** Writes a copy that has joined its group. If that fails, the group is to be spoiled. */
  void write(Written written) throws IOException {
    space.write(written.copy());
  }

  /** Frees the slots of a copy; what may be named by its head on disk stays until a force. */
  void release(Placement copy) throws IOException {
    open.emptied(copy);
    space.release(copy);
  }

  /** Begins a removal, which takes two forces that come anyway. */
  void begin(Removal removal) {
    open.add(removal);
  }

  /** Whether everything that was freed or is to be freed is certainly so on disk. */
  boolean isSettled() {
    return !forcing && open.removals().isEmpty() && open.emptied().isEmpty();
  }

  /**
   * Waits for what became of a group. The caller does not hold the lock. Throws nothing: if errors
   * keep it from finding out, nobody knows.
   */
  ForceGroup.Result result(ForceGroup mine) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return awaited(mine);
      } catch (Throwable e) {
        LockSupport.parkNanos(StoreLock.POLL_NANOS);
      }
    }
    return ForceGroup.Result.UNDECIDED;
  }

  private ForceGroup.Result awaited(ForceGroup mine) {
    lock.lock();
    try {
      while (mine.isWaiting()) {
        if (forcing) {
          follow(mine);
        } else {
          answer();
        }
      }
      return mine.result();
    } finally {
      lock.unlock();
    }
  }

  private void follow(ForceGroup mine) {
    try {
      while (forcing && mine.isWaiting()) {
        changed.awaitUninterruptibly();
      }
    } catch (Throwable e) {
      lock.regain();
    }
  }

  /** Leads; when it returns, each group that was taken has its result. */
  private void answer() {
    forcing = true;
    try {
      lead();
    } catch (Throwable e) {
      giveUp(e);
    } finally {
      taken = null;
      forcing = false;
      changed.signalAll();
    }
  }

  private void lead() throws IOException {
    ForceGroup first = take();
    Throwable spoiled = first.failure();
    if (spoiled != null) {
      withdraw(spoiled);
      return;
    }
    while (!forcedUnlocked()) {
      if (open.isJoined()) {
        take();
      }
      writeAgain();
    }
    forced();
  }

  private ForceGroup take() {
    ForceGroup group = open;
    open = spare == null ? new ForceGroup() : spare;
    spare = null;
    group.takenAfter(taken);
    taken = group;
    return group;
  }

  private boolean forcedUnlocked() throws IOException {
    lock.unlock();
    try {
      return file.force();
    } finally {
      lock.lock();
    }
  }

  private void writeAgain() throws IOException {
    for (ForceGroup group = taken; group != null; group = group.takenBefore()) {
      for (Written each : group.written()) {
        if (!each.copy().isReleased()) {
          space.write(each.copy());
        }
      }
      for (FileChange change : group.changes()) {
        change.run();
      }
    }
    markAgain();
  }

  /** Nobody knows whether the heads that were freed so far are so on disk. */
  private void markAgain() throws IOException {
    for (Placement copy : open.emptied()) {
      space.markAgain(copy);
    }
    for (ForceGroup group = taken; group != null; group = group.takenBefore()) {
      for (Placement copy : group.emptied()) {
        space.markAgain(copy);
      }
    }
  }

  /** Ends the groups before anything else: they are on disk, whatever comes. */
  private void forced() {
    end(ForceGroup.Result.FORCED, null);
    recycleTaken();
    for (ForceGroup group = taken; group != null; group = group.takenBefore()) {
      releaseReplaced(group.written());
    }
    for (ForceGroup group = taken; group != null; group = group.takenBefore()) {
      goOn(group.removals());
    }
  }

  private void recycleTaken() {
    for (ForceGroup group = taken; group != null; group = group.takenBefore()) {
      recycle(group.emptied());
    }
  }

  private void recycle(List<Placement> copies) {
    for (int i = 0; i < copies.size(); i++) {
      Placement copy = copies.get(i);
      if (copy.isReleased() && !copy.isGone()) {
        copy.gone();
        space.recycleTail(copy);
      }
    }
  }

  private void goOn(List<Removal> removals) {
    for (int i = 0; i < removals.size(); i++) {
      goOn(removals.get(i));
    }
  }

  private void goOn(Removal removal) {
    try {
      if (!removal.isBegun()) {
        open.add(removal);
        removal.begun();
        releaseSuperseded(removal.older());
      } else if (removal.newest().isGone()) {
        removal.done();
      } else if (removal.isDue()) {
        release(removal.newest());
        removal.done();
      } else {
        open.add(removal);
        releaseSuperseded(removal.older());
      }
    } catch (Throwable e) {
      // The record stays, and the next start finds that it is finished.
    }
  }

  private void releaseReplaced(List<Written> copies) {
    for (int i = 0; i < copies.size(); i++) {
      releaseSuperseded(copies.get(i).old());
    }
  }

  private void releaseSuperseded(List<Placement> old) {
    for (int i = 0; i < old.size(); i++) {
      releaseSuperseded(old.get(i));
    }
  }

  /** It may stay: of two copies the newer one counts. */
  private void releaseSuperseded(Placement old) {
    try {
      if (!old.isReleased()) {
        release(old);
      }
    } catch (Throwable e) {
      // It stays beside the newer one, which counts.
    }
  }

  /** Something was thrown that is no answer; what is forced already stays so. */
  private void giveUp(Throwable why) {
    try {
      if (taken == null || open.isJoined()) {
        take();
      }
      withdraw(why);
    } catch (Throwable e) {
      fail(why, e);
    }
  }

  private void withdraw(Throwable why) {
    try {
      do {
        erase();
        markAgain();
      } while (!file.force());
      erased();
      recycleTaken();
      end(ForceGroup.Result.WITHDRAWN, why);
      putOffRemovals();
    } catch (Throwable e) {
      fail(why, e);
    }
  }

  /** What they wait for was not forced: they go on after the next force. */
  private void putOffRemovals() {
    for (ForceGroup group = taken; group != null; group = group.takenBefore()) {
      putOff(group.removals());
    }
  }

  private void putOff(List<Removal> removals) {
    try {
      for (int i = 0; i < removals.size(); i++) {
        open.add(removals.get(i));
      }
    } catch (Throwable e) {
      // The record stays, and the next start finds that it is finished.
    }
  }

  private void erase() throws IOException {
    for (ForceGroup group = taken; group != null; group = group.takenBefore()) {
      for (Written each : group.written()) {
        if (group.isWaiting() && !each.copy().isReleased()) {
          space.erase(each.copy());
        }
      }
    }
  }

  private void erased() {
    for (ForceGroup group = taken; group != null; group = group.takenBefore()) {
      List<Written> copies = group.written();
      for (int i = 0; i < copies.size(); i++) {
        if (group.isWaiting() && !copies.get(i).copy().isReleased()) {
          space.erased(copies.get(i).copy());
        }
      }
    }
  }

  /** Nobody knows what is on disk: nothing is written any more, and who waits is told. */
  private void fail(Throwable why, Throwable also) {
    failed = why;
    end(ForceGroup.Result.UNDECIDED, why);
    if (open.isWaiting()) {
      open.ended(ForceGroup.Result.UNDECIDED, why);
    }
    try {
      why.addSuppressed(also);
    } catch (Throwable e) {
      // The same one cannot be added, and for another there may be no memory: the first counts.
    }
  }

  private void end(ForceGroup.Result result, @Nullable Throwable why) {
    for (ForceGroup group = taken; group != null; group = group.takenBefore()) {
      if (group.isWaiting()) {
        group.ended(result, why);
      }
    }
  }
}
