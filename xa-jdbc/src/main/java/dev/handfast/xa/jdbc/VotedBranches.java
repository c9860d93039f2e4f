package dev.handfast.xa.jdbc;

import dev.handfast.xa.spi.XidKey;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/** The connections whose branch has voted and is not finished. Safe for use by many threads. */
final class VotedBranches {

  private final ConcurrentMap<XidKey, PhysicalConnection> connections = new ConcurrentHashMap<>();

  void add(Xid xid, PhysicalConnection connection) {
    connections.put(XidKey.of(xid), connection);
  }

  void remove(Xid xid, PhysicalConnection connection) {
    connections.remove(XidKey.of(xid), connection);
  }

  /** The connection that holds the branch, null if it is not one of ours or is finished. */
  @Nullable PhysicalConnection find(Xid xid) {
    PhysicalConnection found = connections.get(XidKey.of(xid));
    return found != null && found.holdsVote() ? found : null;
  }

  List<PhysicalConnection> unfinished() {
    return connections.values().stream().filter(PhysicalConnection::holdsVote).toList();
  }
}
