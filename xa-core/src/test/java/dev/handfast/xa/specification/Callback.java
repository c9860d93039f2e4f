package dev.handfast.xa.specification;

import jakarta.transaction.Synchronization;

/** A synchronization whose two calls are given by a test. */
record Callback(Before before, After after) implements Synchronization {

  interface Before {
    void run() throws Exception;
  }

  interface After {
    void run(int status) throws Exception;
  }

  static Callback before(Before before) {
    return new Callback(before, status -> {});
  }

  static Callback after(After after) {
    return new Callback(() -> {}, after);
  }

  @Override
  public void beforeCompletion() {
    try {
      before.run();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void afterCompletion(int status) {
    try {
      after.run(status);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
