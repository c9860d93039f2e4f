package dev.handfast.xa.artemis;

import dev.handfast.xa.spi.GlobalTransaction;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.ResourceContext;
import java.time.Duration;

/** Gives each thread the transaction it began. */
final class TestContext implements ResourceContext {

  private static final ThreadLocal<TestTransaction> CURRENT = new ThreadLocal<>();

  TestTransaction begin() {
    TestTransaction transaction = new TestTransaction();
    CURRENT.set(transaction);
    return transaction;
  }

  /** Takes the transaction off the thread; it goes on being what it is. */
  void suspend() {
    CURRENT.remove();
  }

  void resume(TestTransaction transaction) {
    CURRENT.set(transaction);
  }

  /** Runs work in a transaction of its own and commits it. */
  TestTransaction committed(Body body) throws Exception {
    TestTransaction transaction = begin();
    try {
      body.run();
      transaction.commit();
      return transaction;
    } finally {
      suspend();
    }
  }

  @Override
  public GlobalTransaction current() {
    return CURRENT.get();
  }

  @Override
  public Duration recoveryCallTimeout() {
    return Duration.ofSeconds(2);
  }

  @Override
  public <X extends Exception> void transaction(Duration timeout, Incoming<X> work) {
    throw new UnsupportedOperationException("listeners are tested with the real runtime");
  }

  interface Body {
    void run() throws Exception;
  }
}
