package dev.handfast.xa.transactional.elsewhere;

import jakarta.transaction.Transactional;
import java.util.function.Supplier;

/** A superclass in another package than what extends it. */
public abstract class Base {

  /** Runs in a transaction. */
  @Transactional
  public Object inherited(Supplier<Object> work) {
    return work.get();
  }

  /** Is seen by subclasses alone. */
  @Transactional
  protected Object guarded(Supplier<Object> work) {
    return work.get();
  }

  /** Calls the protected method on another object. */
  public static Object callGuarded(Base base, Supplier<Object> work) {
    return base.guarded(work);
  }

  /** One with a method that only its package sees. */
  public abstract static class WithPackagePrivate {

    /** For subclasses. */
    public WithPackagePrivate() {}

    @Transactional
    void hidden() {}
  }
}
