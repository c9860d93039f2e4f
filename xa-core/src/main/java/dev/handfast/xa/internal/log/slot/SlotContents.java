package dev.handfast.xa.internal.log.slot;

import dev.handfast.xa.internal.log.record.DamagedRecord;
import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.spi.Gtrid;
import java.util.List;
import java.util.Map;

/**
 * What a slot file holds, as far as it can be believed.
 *
 * @param header the newest, or one made up if none is readable
 * @param records the newest copy of each, by gtrid
 * @param free slots
 * @param stale slots that hold what does not count any more, or are missing at the file's end
 * @param damaged records, by their head's slot
 * @param unreadable slots, which could have held anything
 * @param doubts why the file may not be the whole log, empty if it is
 * @param nextSequence higher than any in the file
 */
public record SlotContents(
    SlotFileHeader header,
    Map<Gtrid, Stored> records,
    List<Integer> free,
    List<Integer> stale,
    Map<Integer, DamagedRecord> damaged,
    List<Integer> unreadable,
    List<String> doubts,
    long nextSequence) {

  /** A record and where it stands. */
  public record Stored(DecisionRecord decision, Placement placement) {}
}
