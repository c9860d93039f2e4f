package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.spi.XidKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Knows the branches that have voted and are not finished, with their connections. Those that a
 * closed runtime had to leave open stay known to this process, because only the H2 session that
 * prepared a branch may end it while that session is open. Safe for use by many threads.
 */
public final class VotedBranches {

  private static final ConcurrentMap<XidKey, Voted> LEFT_OPEN = new ConcurrentHashMap<>();

  private final ConcurrentMap<XidKey, Voted> branches = new ConcurrentHashMap<>();

  /** Holds the connection of a branch that has voted, and the XAResource over it. */
  private record Voted(ConnectionState connection, XAResource resource) {}

  void add(Xid xid, ConnectionState connection, XAResource resource) {
    branches.put(XidKey.of(xid), new Voted(connection, resource));
  }

  void remove(Xid xid, ConnectionState connection) {
    XidKey key = XidKey.of(xid);
    remove(branches, key, connection);
    remove(LEFT_OPEN, key, connection);
  }

  private static void remove(
      ConcurrentMap<XidKey, Voted> from, XidKey key, ConnectionState connection) {
    from.computeIfPresent(key, (k, voted) -> voted.connection() == connection ? null : voted);
  }

  /**
   * Answers the XAResource over the connection that holds the branch, null if the branch is not one
   * of ours or is finished.
   */
  public @Nullable XAResource find(Xid xid) {
    XidKey key = XidKey.of(xid);
    Voted found = branches.getOrDefault(key, LEFT_OPEN.get(key));
    return found != null && found.connection().holdsVote() ? found.resource() : null;
  }

  /** Counts them. */
  public int count() {
    return (int) branches.values().stream().filter(voted -> voted.connection().holdsVote()).count();
  }

  /**
   * Keeps those that are not finished for the next runtime of this process, because this one is
   * closed and cannot finish them.
   *
   * @return those branches
   */
  public List<Xid> leaveOpen() {
    var left = new ArrayList<Xid>();
    for (Voted voted : branches.values()) {
      Xid xid = voted.connection().vote();
      if (xid != null && voted.connection().holdsVote()) {
        LEFT_OPEN.put(XidKey.of(xid), voted);
        left.add(xid);
      }
    }
    return left;
  }
}
