package dev.handfast.xa.internal.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records in memory, lost with the process: for tests. */
public final class VolatileRecordStore implements RecordStore {

  private final Map<String, Decision> decisions = new ConcurrentHashMap<>();

  @Override
  public Collection<Decision> decisions() {
    return List.copyOf(decisions.values());
  }

  @Override
  public void reserve(int count) {}

  @Override
  public void unreserve(int count) {}

  @Override
  public void rewrite(Decision decision) {
    write(decision);
  }

  @Override
  public void write(Decision decision) {
    decisions.put(decision.gtrid(), decision);
  }

  @Override
  public void remove(String gtrid) {
    decisions.remove(gtrid);
  }

  @Override
  public void close() {
    decisions.clear();
  }
}
