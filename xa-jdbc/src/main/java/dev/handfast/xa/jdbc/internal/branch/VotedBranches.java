package dev.handfast.xa.jdbc.internal.branch;

import dev.handfast.xa.spi.XidKey;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The connections whose branch has voted and is not finished. Safe for use by many threads. Those
 * that a closed runtime had to leave open stay known to this process: H2 counts on it that a
 * session which is still open ends its branch itself.
 */
public final class VotedBranches {

  private static final ConcurrentMap<XidKey, PhysicalConnection> LEFT_OPEN =
      new ConcurrentHashMap<>();

  private final ConcurrentMap<XidKey, PhysicalConnection> connections = new ConcurrentHashMap<>();

  void add(Xid xid, PhysicalConnection connection) {
    connections.put(XidKey.of(xid), connection);
  }

  void remove(Xid xid, PhysicalConnection connection) {
    XidKey key = XidKey.of(xid);
    connections.remove(key, connection);
    LEFT_OPEN.remove(key, connection);
  }

  /** The connection that holds the branch, null if it is not one of ours or is finished. */
  public @Nullable PhysicalConnection find(Xid xid) {
    XidKey key = XidKey.of(xid);
    PhysicalConnection found = connections.getOrDefault(key, LEFT_OPEN.get(key));
    return found != null && found.holdsVote() ? found : null;
  }

  /** The runtime is closed and cannot finish it. */
  public void leaveOpen(Xid xid, PhysicalConnection connection) {
    LEFT_OPEN.put(XidKey.of(xid), connection);
  }

  public List<PhysicalConnection> unfinished() {
    return connections.values().stream().filter(PhysicalConnection::holdsVote).toList();
  }
}
