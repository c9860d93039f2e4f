package dev.handfast.xa.internal.log.record;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What cannot be believed of a log store.
 *
 * @param place of the store, for a reader
 * @param records that are damaged, each with its transaction
 * @param distrustedStarts whose unlogged branches may have been decided in a log that is lost: none
 *     of them is rolled back until an operator accepts the store
 * @param reason why those starts are distrusted, null if none is
 */
public record Damage(
    String place,
    List<DamagedRecord> records,
    Set<Integer> distrustedStarts,
    @Nullable String reason) {

  public Damage {
    records = List.copyOf(records);
    distrustedStarts = Set.copyOf(distrustedStarts);
  }
}
