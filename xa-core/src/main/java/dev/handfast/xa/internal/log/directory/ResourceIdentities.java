package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.internal.log.record.LogStoreException;
import dev.handfast.xa.spi.ResourceDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code resources}: a line for each resource that was ever used, how it is reached and
 * who the resource manager behind it is. Safe for use by many threads.
 */
public final class ResourceIdentities {

  private static final String FILE = "resources";

  /** No name of a resource begins like this, so no line of format 1 does. */
  private static final String HEADER = "# handfast-resources ";

  private static final String FORMAT = "2";

  private final @Nullable Path file;
  private final Map<String, RecordedResource> known = new TreeMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  private ResourceIdentities(@Nullable Path file) {
    this.file = file;
  }

  public static ResourceIdentities ofMemory() {
    return new ResourceIdentities(null);
  }

  public static ResourceIdentities open(Path directory) {
    ResourceIdentities identities = new ResourceIdentities(directory.resolve(FILE));
    identities.load(directory.resolve(FILE));
    return identities;
  }

  /** What is recorded there; what is learned meanwhile is not written. */
  public static ResourceIdentities look(Path directory) {
    ResourceIdentities identities = new ResourceIdentities(null);
    identities.load(directory.resolve(FILE));
    return identities;
  }

  private void load(Path from) {
    if (!Files.exists(from)) {
      return;
    }
    try {
      List<String> lines = Files.readAllLines(from);
      if (lines.isEmpty()) {
        throw damaged(from, null);
      }
      boolean first = !lines.get(0).startsWith(HEADER);
      if (!first) {
        requireKnown(from, lines.get(0).substring(HEADER.length()));
      }
      for (String line : lines.subList(first ? 0 : 1, lines.size())) {
        RecordedResource resource =
            first ? RecordedResource.ofFormat1(line) : RecordedResource.of(line);
        if (resource == null) {
          throw damaged(from, null);
        }
        known.put(resource.name(), resource);
      }
    } catch (IOException e) {
      throw damaged(from, e);
    }
  }

  private static void requireKnown(Path file, String format) {
    if (!format.equals(FORMAT)) {
      throw new LogStoreException(
          "The log store's list of resources "
              + file
              + " has format "
              + format
              + ", and this release knows format "
              + FORMAT
              + ". To solve this, use the release that wrote it.");
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
      return Set.copyOf(known.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** The id recorded under a name, or null. */
  public @Nullable String of(String resource) {
    RecordedResource recorded = recorded(resource);
    return recorded == null ? null : recorded.id();
  }

  @Nullable RecordedResource recorded(String resource) {
    lock.lock();
    try {
      return known.get(resource);
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      if (!fresh.equals(known.get(fresh.name()))) {
        Map<String, RecordedResource> all = new TreeMap<>(known);
        all.put(fresh.name(), fresh);
        write(all.values());
        known.put(fresh.name(), fresh);
      }
    } catch (IOException e) {
      throw new LogStoreException("The log store's " + file + " could not be written: " + e, e);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is recorded any more: the directory may be another process's from now on. */
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void write(Collection<RecordedResource> all) throws IOException {
    if (closed) {
      throw new LogStoreException("The log store is closed: " + file + " is not written any more");
    }
    if (file != null) {
      StringBuilder text = new StringBuilder(HEADER).append(FORMAT).append('\n');
      all.forEach(resource -> text.append(resource.line()).append('\n'));
      Durable.write(file, text.toString());
    }
  }
}
