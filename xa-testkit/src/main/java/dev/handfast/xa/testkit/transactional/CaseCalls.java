package dev.handfast.xa.testkit.transactional;

import dev.handfast.xa.testkit.transactional.CaseMethods.Work;

/** Calls methods that may throw anything where nothing is expected. */
final class CaseCalls {

  private CaseCalls() {}

  static void unchecked(Work work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
