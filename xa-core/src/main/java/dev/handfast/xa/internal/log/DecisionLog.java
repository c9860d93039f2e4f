package dev.handfast.xa.internal.log;

import dev.handfast.xa.config.LogStoreSettings;
import dev.handfast.xa.config.NodeName;
import java.nio.file.Path;

/** An open log: its identity and its records; holds the directory's lock until closed. */
public final class DecisionLog implements AutoCloseable {

  private final StoreIdentity identity;
  private final RecordStore records;
  private final ResourceIdentities resources;
  private final AutoCloseable lock;
  private final String location;

  private DecisionLog(
      StoreIdentity identity,
      RecordStore records,
      ResourceIdentities resources,
      AutoCloseable lock,
      String location) {
    this.identity = identity;
    this.records = records;
    this.resources = resources;
    this.lock = lock;
    this.location = location;
  }

  /**
   * Opens the log that the settings name.
   *
   * @throws LogStoreException if it cannot be used; nothing is held then
   */
  public static DecisionLog open(LogStoreSettings settings, NodeName node) {
    if (settings.directory() == null) {
      return new DecisionLog(
          IdentityFiles.ofMemory(node),
          new VolatileRecordStore(),
          ResourceIdentities.ofMemory(),
          () -> {},
          "memory");
    }
    StoreDirectory directory = StoreDirectory.open(settings, node);
    try {
      Path path = directory.path();
      return new DecisionLog(
          directory.identity(),
          FileRecordStore.open(path.resolve("records")),
          ResourceIdentities.open(path),
          directory,
          path.toString());
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  public StoreIdentity identity() {
    return identity;
  }

  public RecordStore records() {
    return records;
  }

  /** Who the resource managers behind the names were. */
  public ResourceIdentities resources() {
    return resources;
  }

  /** The directory, for a reader. */
  public String location() {
    return location;
  }

  @Override
  public void close() {
    records.close();
    try {
      lock.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new LogStoreException("The log store could not be closed", e);
    }
  }
}
