package dev.handfast.xa.testkit.transactional;

import dev.handfast.xa.testkit.transactional.CaseMethods.Work;

/** Methods that are annotated as the specification's own examples are. */
public interface SpecificationMethods {

  /** Says nothing of its own. */
  void ofTheClass(Work work) throws Throwable;

  /** Names no type. */
  void byDefault(Work work) throws Throwable;

  /** Rolls back on every exception of the application. */
  void allRollBack(Work work) throws Throwable;

  /** Spares one of the exceptions that roll back by default. */
  void sparesIllegalStates(Work work) throws Throwable;

  /** Rolls back on a kind of exception with an exception to that. */
  void sparesWarnings(Work work) throws Throwable;
}
