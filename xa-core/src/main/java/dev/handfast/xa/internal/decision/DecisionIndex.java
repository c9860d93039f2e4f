package dev.handfast.xa.internal.decision;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.spi.Gtrid;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is decided, by gtrid. The room for a decision is made before it is written to the log, so
 * that one that is on disk is known here, whatever fails. Safe for use by many threads; one
 * transaction's decision is put by one thread at a time.
 */
final class DecisionIndex {

  private final Map<Gtrid, AtomicReference<@Nullable DecisionRecord>> records =
      new ConcurrentHashMap<>();

  @Nullable DecisionRecord get(Gtrid gtrid) {
    AtomicReference<@Nullable DecisionRecord> room = records.get(gtrid);
    return room == null ? null : room.get();
  }

  boolean contains(Gtrid gtrid) {
    return get(gtrid) != null;
  }

  Collection<DecisionRecord> all() {
    return records.values().stream().map(AtomicReference::get).filter(Objects::nonNull).toList();
  }

  /** Makes room for the decision of a transaction, which is then put without fail. */
  AtomicReference<@Nullable DecisionRecord> room(Gtrid gtrid) {
    return records.computeIfAbsent(gtrid, key -> new AtomicReference<>());
  }

  void put(DecisionRecord decision) {
    put(decision, room(decision.gtrid()));
  }

  /** Puts a decision into its room. */
  void put(DecisionRecord decision, AtomicReference<@Nullable DecisionRecord> room) {
    room.set(decision);
    if (records.get(decision.gtrid()) != room) {
      records.put(decision.gtrid(), room);
    }
  }

  /** Changes a decision, if there is one. */
  void change(Gtrid gtrid, UnaryOperator<DecisionRecord> change) {
    AtomicReference<@Nullable DecisionRecord> room = records.get(gtrid);
    if (room != null) {
      room.updateAndGet(decision -> decision == null ? null : change.apply(decision));
    }
  }

  /** Removes a decision or the room for it. Returns whether there was a decision. */
  boolean remove(Gtrid gtrid) {
    AtomicReference<@Nullable DecisionRecord> room = records.remove(gtrid);
    return room != null && room.get() != null;
  }

  /** Gives room back that was not used. */
  void removeUnused(Gtrid gtrid) {
    if (!contains(gtrid)) {
      records.remove(gtrid);
    }
  }
}
