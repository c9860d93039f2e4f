package dev.handfast.xa.testkit.contract;

import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.XidKey;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.Xid;

/** Probes with random Xids, each of which is known again. */
final class ManualProbes implements Probes {

  private final Set<XidKey> made = ConcurrentHashMap.newKeySet();

  @Override
  public Xid next() {
    Xid xid = TestXid.usual();
    made.add(XidKey.of(xid));
    return xid;
  }

  @Override
  public boolean isLeftBehind(Xid listed) {
    return made.contains(XidKey.of(listed));
  }
}
