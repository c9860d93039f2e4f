package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.internal.log.record.LogStoreException;
import java.nio.file.Path;

/**
 * Whether a runtime of this JVM, of whichever class loader, holds a directory. It must be known
 * before the lock file is opened: closing that second descriptor would release the first one's lock
 * (fcntl). The system properties are what all class loaders share.
 */
final class DirectoryClaim implements AutoCloseable {

  private static final String PREFIX = "dev.handfast.xa.log-store.held:";

  private final String property;

  private DirectoryClaim(String property) {
    this.property = property;
  }

  /**
   * Claims a directory.
   *
   * @param identity the same for every path to it
   * @throws LogStoreException if it is claimed
   */
  static DirectoryClaim of(Path directory, String identity) {
    String property = PREFIX + identity;
    String holder = "pid " + ProcessHandle.current().pid();
    if (System.getProperties().putIfAbsent(property, holder) != null) {
      throw new LogStoreException(
          "handfast.log-store.directory = "
              + directory
              + " is held by another runtime of this process ("
              + holder
              + "). To solve this, close that one first.");
    }
    return new DirectoryClaim(property);
  }

  @Override
  public void close() {
    System.clearProperty(property);
  }
}
