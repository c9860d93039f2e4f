package dev.handfast.xa.internal.rm;

import dev.handfast.xa.internal.platform.Platform;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.Xid;

/**
 * The probes of this node on one resource manager. Left behind are those of this runtime, none of
 * which is under way while a list is taken; those of earlier ones; and any other under the owner's
 * name once it is old.
 */
public final class ProbeXids implements Probes {

  private static final Duration LIFE = Duration.ofMinutes(5);

  private final String owner;
  private final Platform platform;
  private final Instant begun;
  private final Map<XidKey, Instant> made = new ConcurrentHashMap<>();

  /**
   * @param owner the name that they carry
   */
  public ProbeXids(String owner, Platform platform) {
    this.owner = owner;
    this.platform = platform;
    this.begun = platform.now();
  }

  @Override
  public Xid next() {
    Instant now = platform.now();
    made.values().removeIf(time -> time.isBefore(now.minus(LIFE)));
    Xid xid = ProbeXid.of(owner, now, platform);
    made.put(XidKey.of(xid), now);
    return xid;
  }

  @Override
  public boolean isLeftBehind(Xid listed) {
    Instant now = platform.now();
    return ProbeXid.age(listed, owner, now)
        .filter(
            age ->
                made.containsKey(XidKey.of(listed))
                    || now.minus(age).isBefore(begun)
                    || age.compareTo(LIFE) > 0)
        .isPresent();
  }
}
