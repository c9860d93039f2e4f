package dev.handfast.xa.transactional.elsewhere;

import java.util.function.Supplier;

/** An interface that several class loaders see as one. */
public interface SharedInterface {

  /** Does the work. */
  Object run(Supplier<Object> work);
}
