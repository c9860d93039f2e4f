package dev.handfast.xa;

import dev.handfast.xa.internal.runtime.RuntimeParts;
import dev.handfast.xa.recovery.Recovery;
import java.util.concurrent.atomic.AtomicBoolean;

/** A log store that is open for recovery alone, from {@link Startup#look} to {@link #close}. */
final class LookedAtStore implements OpenStore {

  private final RuntimeParts parts;
  private final Recovery recovery;
  private final AtomicBoolean closed = new AtomicBoolean();

  LookedAtStore(RuntimeParts parts, Recovery recovery) {
    this.parts = parts;
    this.recovery = recovery;
  }

  @Override
  public Recovery recovery() {
    return recovery;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      parts.close();
    }
  }
}
