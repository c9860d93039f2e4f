package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.ResourceUnavailableException;
import org.jspecify.annotations.Nullable;

/** A check of a resource manager that is under way. */
@FunctionalInterface
public interface Admission {

  /**
   * Waits for its end, at most until its deadline, and logs what it found; to be called once, on
   * the thread that began it.
   *
   * @return why the resource manager may not be used, or null if it may
   * @throws ResourceUnavailableException if it does not answer
   */
  @Nullable String await() throws ResourceUnavailableException;
}
