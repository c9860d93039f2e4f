package dev.handfast.xa.internal.log.directory;

import dev.handfast.xa.internal.log.record.LogStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code distrusted}: the starts whose decisions may have been in a log that is lost, one
 * reason a line, then one start a line. It is gone when an operator has accepted the store.
 *
 * @param starts that are distrusted
 * @param reasons why, the oldest first
 */
public record Distrust(Set<Integer> starts, Set<String> reasons) {

  /** Every recorded start is believed. */
  public static final Distrust NONE = new Distrust(Set.of(), Set.of());

  private static final String FILE = "distrusted";
  private static final String REASON = "because ";

  public Distrust {
    starts = Set.copyOf(starts);
    reasons = new LinkedHashSet<>(reasons);
  }

  public static Distrust read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return NONE;
    }
    StartList list = StartList.parse(Files.readAllLines(file), REASON);
    if (list == null) {
      throw new LogStoreException(
          "The log store's list of distrusted starts "
              + file
              + " is damaged. To solve this, restore it from a copy; without it, branches whose"
              + " decision is lost would be rolled back.");
    }
    return new Distrust(Set.copyOf(list.starts()), new LinkedHashSet<>(list.remarks()));
  }

  public Distrust with(Collection<Integer> more, Collection<String> why) {
    Set<Integer> all = new LinkedHashSet<>(starts);
    all.addAll(more);
    Set<String> because = new LinkedHashSet<>(reasons);
    because.addAll(why);
    return new Distrust(all, because);
  }

  /** Durable when it returns. */
  public void write(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (starts.isEmpty()) {
      Files.deleteIfExists(file);
      Durable.forceDirectory(directory);
    } else {
      Durable.write(file, StartList.text(REASON, List.copyOf(reasons), starts));
    }
  }

  public @Nullable String reason() {
    return starts.isEmpty() ? null : String.join("; ", reasons);
  }
}
