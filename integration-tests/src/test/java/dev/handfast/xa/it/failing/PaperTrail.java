package dev.handfast.xa.it.failing;

import dev.handfast.xa.spi.XidKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where branches stand, a line in a file for each change, so that it outlives the process. Safe for
 * use by many threads.
 */
final class PaperTrail {

  /** Where a branch stands. */
  enum State {
    PREPARED,
    COMMITTED,
    ROLLED_BACK,
    /** Rolled back by the resource manager alone; it is in doubt until it is forgotten. */
    ALONE,
    FORGOTTEN
  }

  /** How a commit of a prepared branch is answered. */
  enum Manner {
    AS_ASKED,
    LATER,
    ALONE
  }

  private final Path file;
  private final Map<XidKey, State> states = new LinkedHashMap<>();
  private volatile Manner manner = Manner.AS_ASKED;

  /** Goes on where the file ends. */
  PaperTrail(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ", 4);
        XidKey key = new XidKey(Integer.parseInt(words[1]), words[2], words[3]);
        states.put(key, State.valueOf(words[0]));
      }
    }
  }

  void behave(Manner next) {
    manner = next;
  }

  Manner manner() {
    return manner;
  }

  synchronized void write(State state, XidKey key) {
    String line = state + " " + key.formatId() + " " + key.gtrid() + " " + key.bqual() + "\n";
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    states.put(key, state);
  }

  synchronized @Nullable State state(XidKey key) {
    return states.get(key);
  }

  synchronized List<XidKey> inDoubt() {
    return states.entrySet().stream()
        .filter(each -> each.getValue() == State.PREPARED || each.getValue() == State.ALONE)
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized boolean has(State state, String gtrid) {
    return states.entrySet().stream()
        .anyMatch(each -> each.getValue() == state && each.getKey().gtrid().equals(gtrid));
  }
}
