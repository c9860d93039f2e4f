package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.spi.Gtrid;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a slot file holds, as far as it can be believed.
 *
 * @param header the newest, or one made up if none is readable
 * @param records the newest copy of each, by gtrid
 * @param used slots, of those records and of damaged ones
 * @param damaged records, by their head's slot, the oldest copy first
 * @param disbelieved heads of intact records that are counted as damaged, to be marked so
 * @param unreadable slots, which could have held anything
 * @param doubts why the file may not be the whole log, empty if it is
 * @param nextSequence higher than any in the file
 */
public record SlotContents(
    SlotFileHeader header,
    Map<Gtrid, Stored> records,
    Set<Integer> used,
    Map<Integer, DamagedRecord> damaged,
    Set<Integer> disbelieved,
    List<Integer> unreadable,
    List<String> doubts,
    long nextSequence) {

  /** Why a record is not believed that is intact. */
  static final String DISBELIEVED = "it stands in the file of an earlier start";

  /** The same, of a file that is older than the log: any of its decisions may have turned since. */
  public SlotContents disbelieved(Path file) {
    Map<Integer, DamagedRecord> all = new LinkedHashMap<>(damaged);
    Set<Integer> heads = new HashSet<>();
    records.forEach(
        (gtrid, stored) -> {
          int head = stored.placement().head();
          heads.add(head);
          String place = file + ", slot " + head;
          all.put(head, new DamagedRecord(gtrid, place, DISBELIEVED));
        });
    return new SlotContents(header, Map.of(), used, all, heads, unreadable, doubts, nextSequence);
  }

  /** The slots of a file of that size that hold nothing that counts. */
  List<Integer> free(int slots) {
    return IntStream.range(0, slots).filter(slot -> !used.contains(slot)).boxed().toList();
  }

  /** How many slots a file must have at least in which everything that counts keeps its place. */
  public int slotsNeeded() {
    return used.stream().mapToInt(slot -> slot + 1).max().orElse(0);
  }

  /** A record and where it stands. */
  public record Stored(DecisionRecord decision, Placement placement) {}
}
