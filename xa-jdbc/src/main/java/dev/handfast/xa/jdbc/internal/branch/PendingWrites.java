package dev.handfast.xa.jdbc.internal.branch;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds what the application wrote to streams that keep some of it for later, so that nothing is
 * lost when a stream is left open. Safe for use by many threads.
 */
public final class PendingWrites {

  /** Is what keeps something back. */
  public interface Source {
    void passOn() throws SQLException;
  }

  private final Set<Source> sources = new LinkedHashSet<>();

  public synchronized void add(Source source) {
    sources.add(source);
  }

  public synchronized void remove(Source source) {
    sources.remove(source);
  }

  private synchronized List<Source> all() {
    return List.copyOf(sources);
  }

  void passOn() throws SQLException {
    for (Source each : all()) {
      each.passOn();
    }
  }
}
