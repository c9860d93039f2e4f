package dev.handfast.xa.transactional.elsewhere;

import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** A class that several class loaders see as one. */
public class Shared implements SharedInterface {

  /** For all. */
  public Shared() {}

  @Override
  @Transactional
  public Object run(Supplier<Object> work) {
    return work.get();
  }
}
