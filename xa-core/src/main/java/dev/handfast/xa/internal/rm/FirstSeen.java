package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.XidKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When this process first saw each branch on a resource manager's list. */
final class FirstSeen {

  private volatile Map<XidKey, Instant> seen = Map.of();

  /** A complete list came. */
  void listed(Set<XidKey> branches, Instant now) {
    Map<XidKey, Instant> before = seen;
    Map<XidKey, Instant> after = new HashMap<>();
    branches.forEach(branch -> after.put(branch, before.getOrDefault(branch, now)));
    seen = after;
  }

  @Nullable Instant of(XidKey branch) {
    return seen.get(branch);
  }
}
