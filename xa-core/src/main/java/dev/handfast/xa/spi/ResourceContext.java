package dev.handfast.xa.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the runtime gives to one opened resource. Safe for use by many threads. */
public interface ResourceContext {

  /**
   * The global transaction of the calling thread, or null if there is none. A transaction that has
   * timed out or is finishing is still returned, so that an adapter can refuse work in its name
   * instead of doing it outside ({@link GlobalTransaction#acceptsWork()}).
   */
  @Nullable GlobalTransaction current();

  /** The deadline of one call of recovery to the resource manager. */
  Duration recoveryCallTimeout();
}
