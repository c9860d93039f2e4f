package dev.handfast.xa.internal.rm;

import dev.handfast.xa.recovery.Heuristic;
import dev.handfast.xa.spi.BranchState;
import dev.handfast.xa.spi.XidKey;
import java.util.Set;

/** Is told what recovery finds. Called on the thread of the pass. */
public interface RecoveryListener {

  /** A branch came to its end, as it was decided. */
  void finished(String resource, XidKey xid, BranchState state);

  /** The resource manager ended a branch on its own, not as it was decided. */
  void ended(String resource, XidKey xid, Heuristic kind);

  /** A resource manager answered its complete list of this node's branches. */
  void listed(String resource, Set<XidKey> branches);
}
