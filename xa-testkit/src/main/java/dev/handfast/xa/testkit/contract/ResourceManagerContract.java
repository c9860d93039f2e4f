package dev.handfast.xa.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.spi.Finding;
import dev.handfast.xa.spi.Resource;
import dev.handfast.xa.spi.ResourceManager;
import dev.handfast.xa.spi.RmIdentity;
import dev.handfast.xa.spi.XidKey;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What recovery counts on in every resource adapter: extend it for each, and every method is a
 * test. A resource manager in a process of its own extends {@link ServerContract}.
 *
 * @param <H> the application's handle
 */
public abstract class ResourceManagerContract<H> {

  /** What the adapter is told of the deadline of recovery's calls. */
  protected static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

  private final ManualTransactions transactions = new ManualTransactions(CALL_TIMEOUT);
  private ResourceManager<H> manager;

  /** For extension. */
  @SuppressWarnings("NullAway.Init")
  protected ResourceManagerContract() {}

  /** The definition; the same resource manager, with nothing done in it, throughout a test. */
  protected abstract Resource<H> resource();

  /** Does one piece of work in the transaction of the thread, or outside if there is none. */
  protected abstract void work(H handle, int id) throws Exception;

  /** The committed pieces of work, in any order, as another client sees them. */
  protected abstract List<Integer> done() throws Exception;

  /**
   * Ends the resource manager as a crash would, and makes it available again. Branches that were
   * prepared must outlive it.
   */
  protected abstract void crashAndComeBack() throws Exception;

  /** Opens the adapter. */
  @BeforeEach
  protected void openAdapter() {
    manager = resource().open(transactions);
  }

  /** Closes the adapter, after whatever a test left in doubt is rolled back. */
  @AfterEach
  protected void closeAdapter() throws XAException {
    for (Xid xid : list()) {
      recovery().rollback(xid);
    }
    manager.close();
  }

  /** The opened adapter. */
  protected final ResourceManager<H> manager() {
    return manager;
  }

  /** Its XAResource of recovery. */
  protected final XAResource recovery() {
    return manager.recoveryResource();
  }

  /** A branch with one piece of work that has voted, by a client that is gone with the crash. */
  protected final ManualTransaction voted(Xid xid, int id) throws Exception {
    ManualTransaction transaction = transactions.begin(xid);
    work(manager.handle(), id);
    transaction.vote();
    transactions.leave();
    return transaction;
  }

  /** What recovery lists. */
  protected final Xid[] list() throws XAException {
    return recovery().recover(XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN);
  }

  private List<XidKey> keys() throws XAException {
    return Stream.of(list()).map(XidKey::of).toList();
  }

  /** The error code of a call that has to fail with an {@link XAException}. */
  protected static int codeOf(ThrowingCallable call) {
    XAException refusal = catchThrowableOfType(XAException.class, call);
    assertThat(refusal).as("the call fails").isNotNull();
    return refusal.errorCode;
  }

  @Test
  protected void aLiveBranchCommits() throws Exception {
    ManualTransaction transaction = voted(TestXid.usual(), 1);
    assertThat(done()).isEmpty();

    transaction.commit();

    assertThat(done()).containsExactly(1);
    assertThat(list()).isEmpty();
  }

  @Test
  protected void aLiveBranchRollsBackBeforeAndAfterItsVote() throws Exception {
    voted(TestXid.usual(), 1).rollback();
    ManualTransaction unvoted = transactions.begin(TestXid.usual());
    work(manager.handle(), 2);
    unvoted.rollback();
    transactions.leave();

    assertThat(done()).isEmpty();
    assertThat(list()).isEmpty();
  }

  @Test
  protected void aLoneBranchCommitsInOnePhase() throws Exception {
    ManualTransaction transaction = transactions.begin(TestXid.usual());
    work(manager.handle(), 1);
    transaction.commitInOnePhase();
    transactions.leave();

    assertThat(done()).containsExactly(1);
    assertThat(list()).isEmpty();
  }

  @Test
  protected void outsideATransactionWorkIsDoneAtOnce() throws Exception {
    work(manager.handle(), 1);

    assertThat(done()).containsExactly(1);
  }

  @Test
  protected void aVoteSurvivesACrashByteForByteAndCommits() throws Exception {
    Xid usual = voted(TestXid.usual(), 1).xid();
    Xid longest = voted(TestXid.longest(), 2).xid();
    crashAndComeBack();

    assertThat(keys()).containsExactlyInAnyOrder(XidKey.of(usual), XidKey.of(longest));
    recovery().commit(usual, false);
    recovery().commit(longest, false);

    assertThat(done()).containsExactlyInAnyOrder(1, 2);
    assertThat(list()).isEmpty();
  }

  @Test
  protected void aVoteSurvivesACrashAndRollsBack() throws Exception {
    Xid first = voted(TestXid.usual(), 1).xid();
    Xid second = voted(TestXid.usual(), 2).xid();
    crashAndComeBack();

    recovery().rollback(first);
    assertThat(keys()).containsExactly(XidKey.of(second));
    recovery().rollback(list()[0]);

    assertThat(done()).isEmpty();
    assertThat(list()).isEmpty();
  }

  @Test
  protected void withoutAVoteNothingSurvivesACrash() throws Exception {
    transactions.begin(TestXid.usual());
    work(manager.handle(), 1);
    crashAndComeBack();
    transactions.leave();

    assertThat(list()).isEmpty();
    assertThat(done()).isEmpty();
  }

  @Test
  protected void anUnknownBranchIsNota() throws Exception {
    Xid unknown = TestXid.usual();

    assertThat(codeOf(() -> recovery().commit(unknown, false))).isEqualTo(XAException.XAER_NOTA);
    assertThat(codeOf(() -> recovery().rollback(unknown))).isEqualTo(XAException.XAER_NOTA);
  }

  @Test
  protected void aFinishedBranchIsNota() throws Exception {
    Xid xid = voted(TestXid.usual(), 1).xid();
    crashAndComeBack();
    recovery().commit(xid, false);

    assertThat(codeOf(() -> recovery().commit(xid, false))).isEqualTo(XAException.XAER_NOTA);
    assertThat(done()).containsExactly(1);
  }

  @Test
  protected void theListIsGivenOnceForEachScan() throws Exception {
    voted(TestXid.usual(), 1);
    crashAndComeBack();

    assertThat(recovery().recover(XAResource.TMSTARTRSCAN)).hasSize(1);
    assertThat(recovery().recover(XAResource.TMNOFLAGS)).isEmpty();
    assertThat(recovery().recover(XAResource.TMENDRSCAN)).isEmpty();
    assertThat(recovery().recover(XAResource.TMSTARTRSCAN)).hasSize(1);
  }

  @Test
  protected void forgetFinishesNothing() throws Exception {
    Xid xid = voted(TestXid.usual(), 1).xid();
    crashAndComeBack();

    try {
      recovery().forget(xid);
    } catch (XAException e) {
      assertThat(e.errorCode).isNotZero();
    }

    assertThat(keys()).containsExactly(XidKey.of(xid));
  }

  @Test
  protected void recoveryCarriesProbes() throws Exception {
    for (int i = 0; i < 3; i++) {
      Xid probe = TestXid.usual();
      recovery().start(probe, XAResource.TMNOFLAGS);
      recovery().end(probe, XAResource.TMSUCCESS);
      if (recovery().prepare(probe) == XAResource.XA_OK) {
        recovery().rollback(probe);
      }
      assertThat(list()).isEmpty();
    }
  }

  @Test
  protected void itIsTheSameAsItselfOnly() throws Exception {
    var other = resource().open(new ManualTransactions(CALL_TIMEOUT));
    try {
      assertThat(recovery().isSameRM(recovery())).isTrue();
      assertThat(recovery().isSameRM(other.recoveryResource())).isFalse();
    } finally {
      other.close();
    }
  }

  @Test
  protected void itIsKnownAgainAfterACrash() throws Exception {
    RmIdentity before = manager.identity();
    crashAndComeBack();

    assertThat(manager.identity()).isEqualTo(before);
    assertThat(before.id()).isNotBlank();
    assertThat(before.product()).isNotBlank();
    assertThat(before.version()).isNotBlank();
  }

  @Test
  protected void itsPreflightFindsNoError() throws Exception {
    assertThat(manager.preflight())
        .extracting(Finding::severity)
        .doesNotContain(Finding.Severity.ERROR);
  }

  @Test
  protected void itsNativeFormsTellBranchesApart() {
    Xid first = TestXid.usual();

    assertThat(manager.nativeForm(first)).isNotBlank().isEqualTo(manager.nativeForm(first));
    assertThat(manager.nativeForm(first)).isNotEqualTo(manager.nativeForm(TestXid.usual()));
    String commit = manager.nativeCommand(first, true);
    if (!commit.isEmpty()) {
      assertThat(commit)
          .contains(manager.nativeForm(first))
          .isNotEqualTo(manager.nativeCommand(first, false));
    }
  }

  @Test
  protected void whatItTellsOfABranchIsOfThatBranch() throws Exception {
    Xid xid = voted(TestXid.usual(), 1).xid();
    crashAndComeBack();

    assertThat(manager.details().keySet()).isSubsetOf(List.of(XidKey.of(xid)));
  }
}
