package dev.handfast.xa.internal.log.slot;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Leader and followers, no timer: whoever finds no force running forces for all that have written
 * until then; the others wait. One thread alone pays one force and no delay.
 *
 * <p>After a failed force nothing that was written before its return is believed, since the
 * operating system may have dropped those pages and will not say so again: all of it is withdrawn,
 * and the withdrawal forced. If that fails too, the log has failed for good.
 */
final class GroupForce {

  private final Pages file;
  private final SlotSpace space;
  private final ReentrantLock lock;
  private final Condition changed;
  private ForceGroup open = new ForceGroup();
  private boolean forcing;
  private @Nullable Throwable failed;

  /**
   * @param lock guards the space and every method here but {@link #await}
   */
  GroupForce(Pages file, SlotSpace space, ReentrantLock lock) {
    this.file = file;
    this.space = space;
    this.lock = lock;
    this.changed = lock.newCondition();
  }

  /** The group that is forced next. */
  ForceGroup open() {
    return open;
  }

  /** Why nothing is written any more, or null. */
  @Nullable Throwable failed() {
    return failed;
  }

  /** Writes a copy and gives the group that forces it, together with what it replaces. */
  ForceGroup write(Placement copy, List<Placement> old) {
    ForceGroup group = open;
    group.add(copy, old);
    try {
      space.write(copy);
    } catch (IOException e) {
      group.spoil(e);
    }
    return group;
  }

  /** Frees the slots of a copy; what may be named by its head on disk stays until a force. */
  void release(Placement copy) throws IOException {
    open.emptied(space.release(copy));
  }

  /** Returns when a group has its result. The caller does not hold the lock. */
  void await(ForceGroup mine) {
    lock.lock();
    try {
      while (mine.result() == ForceGroup.Result.WAITING) {
        if (forcing) {
          changed.awaitUninterruptibly();
        } else {
          lead();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * After an interrupt nobody knows whether a freed head is on disk; what it names stays unused.
   */
  private void lead() {
    List<ForceGroup> groups = new ArrayList<>(List.of(next()));
    Throwable spoiled = groups.get(0).failure();
    if (spoiled != null) {
      withdraw(groups, spoiled);
      changed.signalAll();
      return;
    }
    forcing = true;
    try {
      while (!forcedUnlocked()) {
        groups.add(next());
        writeAgain(groups);
      }
      if (groups.size() == 1) {
        space.recycle(groups.get(0).emptied());
      }
      forced(groups);
    } catch (IOException | RuntimeException | Error e) {
      groups.add(next());
      withdraw(groups, e);
    } finally {
      forcing = false;
      changed.signalAll();
    }
  }

  private void writeAgain(List<ForceGroup> groups) throws IOException {
    for (Placement copy : copies(groups)) {
      space.write(copy);
    }
    for (ForceGroup group : groups) {
      for (SlotMend.Change change : group.changes()) {
        change.run();
      }
    }
  }

  private ForceGroup next() {
    ForceGroup group = open;
    open = new ForceGroup();
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

  private static List<Placement> copies(List<ForceGroup> groups) {
    return groups.stream().flatMap(group -> group.written().stream()).toList();
  }

  private void forced(List<ForceGroup> groups) {
    for (ForceGroup group : groups) {
      for (Placement old : group.superseded()) {
        releaseSuperseded(old);
      }
      group.ended(ForceGroup.Result.FORCED, null);
    }
  }

  /** It may stay: of two copies the newer one counts. */
  private void releaseSuperseded(Placement old) {
    try {
      if (!old.isReleased()) {
        release(old);
      }
    } catch (IOException e) {
      old.released();
    }
  }

  private void withdraw(List<ForceGroup> groups, Throwable why) {
    List<Placement> copies = copies(groups);
    ForceGroup.Result result = ForceGroup.Result.UNDECIDED;
    try {
      do {
        for (Placement copy : copies) {
          space.erase(copy);
        }
      } while (!file.force());
      copies.forEach(space::erased);
      result = ForceGroup.Result.WITHDRAWN;
    } catch (IOException | RuntimeException | Error e) {
      why.addSuppressed(e);
      failed = why;
    }
    for (ForceGroup group : groups) {
      group.ended(result, why);
    }
  }
}
