package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.spi.ResourceDescription;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Each resource that was ever used, how it is reached and who the resource manager behind it is.
 * Safe for use by many threads.
 */
public final class ResourceIdentities {

  private final StoreFile store;

  /** What is learned while a store is only looked at; null where it is kept. */
  private final @Nullable Map<String, RecordedResource> learned;

  private ResourceIdentities(StoreFile store, @Nullable Map<String, RecordedResource> learned) {
    this.store = store;
    this.learned = learned;
  }

  static ResourceIdentities kept(StoreFile store) {
    return new ResourceIdentities(store, null);
  }

  /** What is recorded there; what is learned meanwhile is not written. */
  static ResourceIdentities looked(StoreFile store) {
    return new ResourceIdentities(store, new ConcurrentHashMap<>());
  }

  /** Every name under which a resource manager was ever used. */
  public Set<String> names() {
    return Set.copyOf(store.state().resources().keySet());
  }

  /** The id recorded under a name, or null. */
  public @Nullable String of(String resource) {
    RecordedResource recorded = recorded(resource);
    return recorded == null ? null : recorded.id();
  }

  @Nullable RecordedResource recorded(String resource) {
    RecordedResource fresh = learned == null ? null : learned.get(resource);
    return fresh == null ? store.state().resources().get(resource) : fresh;
  }

  /**
   * Records how a resource is reached and the id behind its name; durable when it returns. Writes
   * nothing if that is what is recorded.
   *
   * @throws LogStoreException if it could not be written, or the log is closed; what was recorded
   *     is kept
   */
  public void record(ResourceDescription resource, String id) {
    RecordedResource fresh = new RecordedResource(resource, id);
    if (fresh.equals(recorded(fresh.name()))) {
      return;
    }
    if (learned != null) {
      learned.put(fresh.name(), fresh);
      return;
    }
    try {
      store.change(state -> state.with(fresh));
    } catch (IOException e) {
      throw store.unusable("resource '" + fresh.name() + "' could not be recorded", e);
    }
  }
}
