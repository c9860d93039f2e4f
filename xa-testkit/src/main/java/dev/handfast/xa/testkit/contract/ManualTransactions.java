package dev.handfast.xa.testkit.contract;

import dev.handfast.xa.Body;
import dev.handfast.xa.spi.Incoming;
import dev.handfast.xa.spi.Probes;
import dev.handfast.xa.spi.ResourceContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * Global transactions that a test drives step by step, as a transaction manager would, on the real
 * resource manager. An adapter is opened with it in place of a runtime. Each thread is in the
 * transaction that it has begun or entered last, until it leaves; safe for use by many threads.
 *
 * <pre>{@code
 * var transactions = new ManualTransactions(Duration.ofSeconds(2));
 * var manager = definition.open(transactions);
 * ManualTransaction transaction = transactions.begin();
 * insert(manager.handle());                  // the adapter enlists a branch
 * transaction.vote();
 * transaction.commit();
 * }</pre>
 */
public final class ManualTransactions implements ResourceContext {

  private final Map<Thread, ManualTransaction> current = new ConcurrentHashMap<>();
  private final Probes probes = new ManualProbes();
  private volatile Duration recoveryCallTimeout;

  /**
   * No thread is in a transaction yet.
   *
   * @param recoveryCallTimeout the deadline of recovery's calls that the adapter is told
   */
  public ManualTransactions(Duration recoveryCallTimeout) {
    this.recoveryCallTimeout = recoveryCallTimeout;
  }

  /** Recovery's calls have a deadline of 5 seconds. */
  public ManualTransactions() {
    this(Duration.ofSeconds(5));
  }

  /** The calling thread begins a transaction with a random Xid. */
  public ManualTransaction begin() {
    return begin(TestXid.usual());
  }

  /** The calling thread begins a transaction whose first branch will have the given Xid. */
  public ManualTransaction begin(Xid first) {
    ManualTransaction begun = new ManualTransaction(first);
    enter(begun);
    return begun;
  }

  /** The calling thread goes on in the given transaction, which another thread may have begun. */
  public void enter(ManualTransaction transaction) {
    current.put(Thread.currentThread(), transaction);
  }

  /** The calling thread is in no transaction any more; the one it was in stays as it is. */
  public void leave() {
    current.remove(Thread.currentThread());
  }

  /**
   * Runs work in a transaction of its own and commits that. The calling thread is in no transaction
   * afterwards, whatever happened.
   *
   * @throws Exception of the work, with the transaction left as it is then, or of a branch
   */
  public ManualTransaction committed(Body<?> work) throws Exception {
    ManualTransaction transaction = begin();
    try {
      work.run();
      transaction.commit();
      return transaction;
    } finally {
      leave();
    }
  }

  @Override
  public @Nullable ManualTransaction current() {
    return current.get(Thread.currentThread());
  }

  @Override
  public Duration recoveryCallTimeout() {
    return recoveryCallTimeout;
  }

  /** From now on, the adapter is told another deadline of recovery's calls. */
  public void setRecoveryCallTimeout(Duration timeout) {
    recoveryCallTimeout = timeout;
  }

  /** Those of this object; one is left behind as soon as somebody lists it. */
  @Override
  public Probes probes() {
    return probes;
  }

  /** Not offered: the test begins the transactions. */
  @Override
  public <X extends Exception> void transaction(@Nullable Duration timeout, Incoming<X> work) {
    throw new UnsupportedOperationException(
        "the test begins the transactions; to take work in, start a runtime");
  }
}
