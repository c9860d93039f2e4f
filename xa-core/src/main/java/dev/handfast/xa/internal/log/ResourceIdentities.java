package dev.handfast.xa.internal.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code resources}: a line for each resource that was ever used, its name and the id of
 * the resource manager behind it. Safe for use by many threads.
 */
public final class ResourceIdentities {

  private static final String FILE = "resources";

  private final @Nullable Path file;
  private final Map<String, String> ids = new TreeMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  private ResourceIdentities(@Nullable Path file) {
    this.file = file;
  }

  static ResourceIdentities ofMemory() {
    return new ResourceIdentities(null);
  }

  static ResourceIdentities open(Path directory) {
    ResourceIdentities identities = new ResourceIdentities(directory.resolve(FILE));
    identities.load(directory.resolve(FILE));
    return identities;
  }

  /** What is recorded there; what is learned meanwhile is not written. */
  static ResourceIdentities look(Path directory) {
    ResourceIdentities identities = new ResourceIdentities(null);
    identities.load(directory.resolve(FILE));
    return identities;
  }

  private void load(Path from) {
    if (!Files.exists(from)) {
      return;
    }
    try {
      for (String line : Files.readAllLines(from)) {
        int end = line.indexOf(' ');
        if (end <= 0) {
          throw damaged(from, null);
        }
        ids.put(line.substring(0, end), line.substring(end + 1));
      }
    } catch (IOException e) {
      throw damaged(from, e);
    }
  }

  private static LogStoreException damaged(Path file, @Nullable IOException cause) {
    String message =
        "The log store's list of resources "
            + file
            + " cannot be read. To solve this, restore it from a copy; without it, another resource"
            + " manager under an old name would not be noticed.";
    return cause == null ? new LogStoreException(message) : new LogStoreException(message, cause);
  }

  /** Every name under which a resource manager was ever used. */
  public Set<String> names() {
    lock.lock();
    try {
      return Set.copyOf(ids.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** The id recorded under a name, or null. */
  public @Nullable String of(String resource) {
    lock.lock();
    try {
      return ids.get(resource);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Records the id behind a name; durable when it returns.
   *
   * @throws LogStoreException if it could not be written
   */
  public void record(String resource, String id) {
    lock.lock();
    try {
      ids.put(resource, id.replaceAll("\\R", " "));
      if (file != null) {
        StringBuilder text = new StringBuilder();
        ids.forEach((name, known) -> text.append(name).append(' ').append(known).append('\n'));
        Durable.write(file, text.toString());
      }
    } catch (IOException e) {
      throw new LogStoreException("The log store's " + file + " could not be written", e);
    } finally {
      lock.unlock();
    }
  }
}
