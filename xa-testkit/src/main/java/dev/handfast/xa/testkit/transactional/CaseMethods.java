package dev.handfast.xa.testkit.transactional;

import jakarta.transaction.Transactional.TxType;

/** One method for each propagation type; each does the work that it is given. */
public interface CaseMethods {

  /** What is done in a method, which may throw anything. */
  @FunctionalInterface
  interface Work {

    /** Does it. */
    void run() throws Throwable;
  }

  /** A method that is REQUIRED. */
  void required(Work work) throws Throwable;

  /** A method that is REQUIRES_NEW. */
  void requiresNew(Work work) throws Throwable;

  /** A method that is MANDATORY. */
  void mandatory(Work work) throws Throwable;

  /** A method that is SUPPORTS. */
  void supports(Work work) throws Throwable;

  /** A method that is NOT_SUPPORTED. */
  void notSupported(Work work) throws Throwable;

  /** A method that is NEVER. */
  void never(Work work) throws Throwable;

  /** Calls the method of a type; not on the object itself, which is behind its proxy. */
  static void call(CaseMethods methods, TxType type, Work work) throws Throwable {
    switch (type) {
      case REQUIRED -> methods.required(work);
      case REQUIRES_NEW -> methods.requiresNew(work);
      case MANDATORY -> methods.mandatory(work);
      case SUPPORTS -> methods.supports(work);
      case NOT_SUPPORTED -> methods.notSupported(work);
      case NEVER -> methods.never(work);
    }
  }
}
