package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.MessageLog;
import dev.handfast.xa.spi.XidKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The branches that a resource manager lists and says it does not know: a live session of it has
 * them, and nobody else may end them until it is over. Each is said once. Safe for use by many
 * threads.
 */
final class HeldBranches {

  private static final MessageLog LOG = MessageLog.of(HeldBranches.class);

  private final String resource;
  private final Set<XidKey> known = ConcurrentHashMap.newKeySet();

  HeldBranches(String resource) {
    this.resource = resource;
  }

  /** What was answered NOTA and is on the list that was taken afterwards. */
  void found(Set<XidKey> held) {
    Set<XidKey> unsaid = ConcurrentHashMap.newKeySet();
    held.stream().filter(known::add).forEach(unsaid::add);
    if (!unsaid.isEmpty()) {
      LOG.warnf(
          "HANDFAST001080 '%s' lists %d branches and answers XAER_NOTA to their outcomes: live"
              + " sessions of it hold them. They stay in doubt, and every pass tries again. One of"
              + " them: %s",
          resource, unsaid.size(), unsaid.iterator().next());
    }
  }

  boolean contains(XidKey branch) {
    return known.contains(branch);
  }

  int count() {
    return known.size();
  }

  /** A branch came to its end. */
  void forget(XidKey branch) {
    known.remove(branch);
  }

  /** A complete list came. */
  void retain(Set<XidKey> listed) {
    known.retainAll(listed);
  }
}
