package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.internal.log.record.PlacedRecords;
import dev.handfast.xa.internal.log.record.RecordCodec;
import dev.handfast.xa.internal.log.record.UndecidedException;
import dev.handfast.xa.internal.platform.StackRoom;
import dev.handfast.xa.spi.Gtrid;
import dev.handfast.xa.spi.MessageLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records in one preallocated file of slots. A record that fits a slot is one page-aligned write,
 * which the end of the process cannot tear; threads that write at the same time share one force. A
 * rewrite goes to other slots, and the old copy stays until the new one is forced.
 */
public final class SlotRecordStore implements PlacedRecords {

  /** One mebibyte. */
  public static final int FIRST_SLOTS = 256;

  private static final MessageLog LOG = MessageLog.of(SlotRecordStore.class);

  private final Pages file;
  private final SlotSpace space;
  private final GroupForce force;
  private final StoreLock lock = new StoreLock();
  private final SlotGrowth growth;
  private final Map<Gtrid, Entry> entries = new HashMap<>();

  /** A record, and its copies that a crash may leave; no record until the first copy is forced. */
  private static final class Entry {

    private @Nullable DecisionRecord decision;

    /** The newest first. */
    private List<Placement> copies = List.of();
  }

  /** Takes over a file into which what was read was copied. */
  public SlotRecordStore(Pages file, SlotFileHeader header, SlotContents contents) {
    this.file = file;
    RecordCodec.load();
    List<Integer> free = contents.free(header.slots());
    this.space = new SlotSpace(file, header, free, contents.nextSequence() + 1);
    this.force = new GroupForce(file, space, lock);
    this.growth = new SlotGrowth(file, header, space, force, lock);
    contents
        .records()
        .forEach(
            (gtrid, stored) -> {
              Entry entry = new Entry();
              entry.decision = stored.decision();
              entry.copies = List.of(stored.placement());
              entries.put(gtrid, entry);
            });
  }

  @Override
  public Collection<DecisionRecord> decisions() {
    lock.lock();
    try {
      return entries.values().stream()
          .map(entry -> entry.decision)
          .filter(Objects::nonNull)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void reserve(int slots) {
    while (!reserved(slots)) {
      growth.grow(slots);
    }
  }

  private boolean reserved(int slots) {
    lock.lock();
    try {
      force.requireSound();
      return space.reserve(slots);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unreserve(int slots) {
    lock.lock();
    try {
      space.unreserve(slots);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(DecisionRecord decision) {
    requireForced(place(decision, false));
  }

  @Override
  public void rewrite(DecisionRecord decision) {
    Placed placed = place(decision, true);
    if (placed.written().group().isSpoiled()) {
      requireForced(placed);
    } else {
      keep(placed);
    }
  }

  private void requireForced(Placed placed) {
    ForceGroup group = placed.written().group();
    ForceGroup.Result result = force.result(group);
    if (result == ForceGroup.Result.FORCED) {
      keep(placed);
    } else {
      forget(placed);
      throw notForced(result, group.failure());
    }
  }

  /** The room for it is there, so that no failure hides what is on disk. */
  private void keep(Placed placed) {
    lock.lock();
    try {
      placed.entry().decision = placed.decision();
    } finally {
      lock.unlock();
    }
  }

  private void forget(Placed placed) {
    lock.lock();
    try {
      forget(placed.decision().gtrid(), placed.entry());
    } finally {
      lock.unlock();
    }
  }

  /** Unless there are copies of it that are still to go. */
  private void forget(Gtrid gtrid, Entry entry) {
    if (entry.decision == null && copies(gtrid).isEmpty()) {
      entries.remove(gtrid);
    }
  }

  private LogStoreException notForced(ForceGroup.Result result, @Nullable Throwable why) {
    boolean withdrawn = result == ForceGroup.Result.WITHDRAWN;
    try {
      return withdrawn
          ? new LogStoreException(
              "The log " + file.path() + " could not be forced; the record was withdrawn", why)
          : new UndecidedException(
              "The log "
                  + file.path()
                  + " could not be forced, and the record could not be withdrawn: whether it is"
                  + " there, the next start will find out",
              why);
    } catch (Throwable e) {
      return withdrawn ? LogStoreException.UNTOLD : UndecidedException.UNTOLD;
    }
  }

  /** A copy that is written, and the record that it is of. */
  private record Placed(DecisionRecord decision, Entry entry, Written written) {}

  /** Writes a copy. What this throws, it throws before anything is written. */
  private Placed place(DecisionRecord decision, boolean rewrite) {
    StackRoom.require();
    byte[] bytes = RecordCodec.encode(decision);
    Placed placed = tryPlace(decision, bytes, rewrite);
    while (placed == null) {
      growth.grow(SlotSpace.slotsFor(bytes));
      placed = tryPlace(decision, bytes, rewrite);
    }
    return placed;
  }

  private @Nullable Placed tryPlace(DecisionRecord decision, byte[] bytes, boolean rewrite) {
    lock.lock();
    try {
      force.requireSound();
      List<Placement> old = copies(decision.gtrid());
      if (!space.has(SlotSpace.slotsFor(bytes), old.isEmpty())) {
        return null;
      }
      Placed placed = joined(decision, space.allot(decision.gtrid(), bytes, rewrite), old);
      write(placed.written());
      return placed;
    } finally {
      lock.unlock();
    }
  }

  /** A copy that may be on disk is withdrawn with its group, and that is told to who waits. */
  private void write(Written written) {
    try {
      force.write(written);
    } catch (Throwable e) {
      written.group().spoil(e);
    }
  }

  /** Does all that needs memory; if that fails, nothing was done. */
  private Placed joined(DecisionRecord decision, Placement copy, List<Placement> old) {
    Entry entry = null;
    try {
      entry = entries.computeIfAbsent(decision.gtrid(), gtrid -> new Entry());
      List<Placement> copies = beside(copy, old);
      Written written = new Written(copy, old, force.open());
      Placed placed = new Placed(decision, entry, written);
      written.group().add(written);
      entry.copies = copies;
      return placed;
    } catch (RuntimeException | Error e) {
      space.giveBack(copy);
      if (entry != null) {
        forget(decision.gtrid(), entry);
      }
      throw e;
    }
  }

  private static List<Placement> beside(Placement copy, List<Placement> old) {
    List<Placement> all = new ArrayList<>(1 + old.size());
    all.add(copy);
    all.addAll(old);
    return all;
  }

  private List<Placement> copies(Gtrid gtrid) {
    Entry entry = entries.get(gtrid);
    return entry == null
        ? List.of()
        : entry.copies.stream().filter(copy -> !copy.isGone()).toList();
  }

  @Override
  public void remove(Gtrid gtrid) {
    StackRoom.require();
    lock.lock();
    try {
      Entry entry = entries.get(gtrid);
      if (entry != null) {
        release(gtrid, entry, copies(gtrid));
      }
    } catch (IOException e) {
      throw new LogStoreException("A record of " + file.path() + " could not be removed", e);
    } finally {
      lock.unlock();
    }
  }

  private void release(Gtrid gtrid, Entry entry, List<Placement> copies) throws IOException {
    if (copies.size() > 1) {
      Placement newest = copies.get(0);
      List<Placement> older = copies.subList(1, copies.size());
      force.begin(new Removal(newest, older, () -> removed(gtrid, entry, newest)));
      entry.decision = null;
    } else {
      if (!copies.isEmpty() && !copies.get(0).isReleased()) {
        force.release(copies.get(0));
      }
      entries.remove(gtrid);
    }
  }

  /** Unless the record was written anew since. */
  private void removed(Gtrid gtrid, Entry entry, Placement newest) {
    if (entries.get(gtrid) == entry && entry.copies.get(0) == newest) {
      entries.remove(gtrid);
    }
  }

  @Override
  public void settle() {
    for (int i = 0; i < Removal.FORCES && !isSettled(); i++) {
      growth.forced(() -> {});
    }
  }

  @Override
  public @Nullable String displaced() {
    String why = whyDisplaced();
    if (why != null) {
      lock.lock();
      try {
        force.fail(why);
      } finally {
        lock.unlock();
      }
    }
    return why;
  }

  /** An error that may pass says nothing. */
  private @Nullable String whyDisplaced() {
    try {
      return file.isInPlace()
          ? null
          : "its file was deleted, moved or replaced while it was in use";
    } catch (IOException e) {
      LOG.debug("Whether the log is in its place could not be told", e);
      return null;
    } catch (LogStoreException e) {
      return e.getMessage();
    }
  }

  private boolean isSettled() {
    lock.lock();
    try {
      return force.isSettled();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void free(int head) {
    growth.free(head);
  }

  @Override
  public void close() {
    try {
      settle();
    } catch (LogStoreException e) {
      LOG.debug("Finished records are found again by the next start", e);
    }
    lock.lock();
    try {
      entries.clear();
      file.close();
    } catch (IOException e) {
      throw new LogStoreException("The log " + file.path() + " could not be closed", e);
    } finally {
      lock.unlock();
    }
  }
}
