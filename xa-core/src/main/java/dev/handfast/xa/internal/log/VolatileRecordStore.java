package dev.handfast.xa.internal.log;

import dev.handfast.xa.internal.log.record.DecisionRecord;
import dev.handfast.xa.internal.log.record.RecordStore;
import dev.handfast.xa.spi.Gtrid;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Records in memory, lost with the process: for tests. */
final class VolatileRecordStore implements RecordStore {

  private final Map<Gtrid, DecisionRecord> decisions = new ConcurrentHashMap<>();

  @Override
  public Collection<DecisionRecord> decisions() {
    return List.copyOf(decisions.values());
  }

  @Override
  public void reserve(int count) {}

  @Override
  public void unreserve(int count) {}

  @Override
  public void rewrite(DecisionRecord decision) {
    write(decision);
  }

  @Override
  public void write(DecisionRecord decision) {
    decisions.put(decision.gtrid(), decision);
  }

  @Override
  public void remove(Gtrid gtrid) {
    decisions.remove(gtrid);
  }

  @Override
  public void settle() {}

  @Override
  public @Nullable String displaced() {
    return null;
  }

  @Override
  public void close() {
    decisions.clear();
  }
}
