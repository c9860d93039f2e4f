package dev.handfast.xa.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.handfast.xa.spi.ResourceUnavailableException;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/**
 * The contract of a resource manager in a process of its own, which can be away or hang while
 * recovery goes on.
 *
 * @param <H> the application's handle
 */
public abstract class ServerContract<H> extends ResourceManagerContract<H> {

  /** How many times the deadline one call may take: to give up, and to find out on a new one. */
  private static final int CALLS = 4;

  /** For extension. */
  protected ServerContract() {}

  /** Kills the server. */
  protected abstract void killServer();

  /** Starts the killed server again, on the same address and data, and waits for it. */
  protected abstract void startServer();

  /** Stops the server in its tracks: connections stay up and nothing answers. */
  protected abstract void pauseServer();

  /**
   * Lets the server go on. One that refuses a second order for a branch while it still carries out
   * the first is waited for until it is done with what it was asked before it stopped.
   */
  protected abstract void resumeServer();

  @Override
  protected void crashAndComeBack() {
    killServer();
    startServer();
  }

  @Test
  protected void whileItIsAwayAskForARetryAndReconnectWhenItIsBack() throws Exception {
    Xid xid = voted(TestXid.usual(), 1).xid();
    assertThat(list()).hasSize(1);
    killServer();

    for (int i = 0; i < 2; i++) {
      assertUnavailable(xid);
    }
    assertThatThrownBy(manager()::identity).isInstanceOf(ResourceUnavailableException.class);
    assertThatThrownBy(manager()::preflight).isInstanceOf(ResourceUnavailableException.class);
    startServer();

    assertThat(Stream.of(list()).map(XidKey::of)).containsExactly(XidKey.of(xid));
    recovery().commit(xid, false);
    assertThat(done()).containsExactly(1);
  }

  @Test
  protected void whileItHangsNoCallWaitsForLong() throws Exception {
    Xid xid = voted(TestXid.usual(), 1).xid();
    assertThat(list()).hasSize(1);
    pauseServer();

    try {
      long start = System.nanoTime();
      assertThat(codeOf(() -> recovery().commit(xid, false))).isEqualTo(XAException.XA_RETRY);
      assertThat(codeOf(this::list)).isEqualTo(XAException.XAER_RMFAIL);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(CALL_TIMEOUT.multipliedBy(2 * CALLS));
    } finally {
      resumeServer();
    }
    commitWhatMayBeCommitted(xid);
    assertThat(done()).containsExactly(1);
    assertThat(list()).isEmpty();
  }

  /** The server may have carried out the call whose answer was not waited for. */
  private void commitWhatMayBeCommitted(Xid xid) throws XAException {
    try {
      recovery().commit(xid, false);
    } catch (XAException e) {
      assertThat(e.errorCode).isEqualTo(XAException.XAER_NOTA);
    }
  }

  private void assertUnavailable(Xid xid) {
    assertThat(codeOf(() -> recovery().commit(xid, false))).isEqualTo(XAException.XA_RETRY);
    assertThat(codeOf(() -> recovery().rollback(xid))).isEqualTo(XAException.XAER_RMFAIL);
    assertThat(codeOf(() -> recovery().recover(XAResource.TMSTARTRSCAN)))
        .isEqualTo(XAException.XAER_RMFAIL);
  }
}
