package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** Traps 2 and 4: how a branch that is in doubt is finished. */
class RecoveryTrapsIT extends TrapFixture {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Trap 2: the commit is under way to the disk, the branch on no list, and then it is back. */
  @Test
  void aBranchThatABareSessionDoesNotSeeListedIsNotFinished() throws Exception {
    Xid xid;
    boolean listed;
    try (BareSession bare = BareSession.open(broker.url());
        BareSession recovery = BareSession.open(broker.url())) {
      xid = bare.prepared(queue, "a");
      broker.hangJournal();
      var commit =
          CompletableFuture.supplyAsync(
              () -> BareSession.errorOf(() -> bare.xa().commit(xid, false)));
      await().until(() -> !recovery.lists(xid));
      listed = recovery.lists(xid);
      broker.kill();
      commit.join();
    }
    broker.restart();

    assertThat(listed).isFalse();
    try (BareSession later = BareSession.open(broker.url())) {
      assertThat(later.lists(xid)).isTrue();
      later.xa().rollback(xid);
    }
  }

  /** Trap 2: passes meanwhile do not take "not listed" for an end. */
  @Test
  void handfastKeepsADecisionWhoseCommitIsNotOnDisk() throws Exception {
    world =
        new H2World(directory, broker, queue, H2World.events(broker.url(), Duration.ofSeconds(1)));
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.send("a");
              world.hook(broker::hangJournal);
            });
    int listedMeanwhile = queues.preparedBranches().size();
    boolean finished = world.handfast().recovery().recover(Duration.ofMillis(1)).isComplete();
    int logged = world.handfast().recovery().status().logged();
    broker.kill();
    broker.restart();

    assertThat(listedMeanwhile).isZero();
    assertThat(finished).isFalse();
    assertThat(logged).isEqualTo(1);
    assertThat(queues.preparedBranches()).hasSize(1);
    assertThat(world.handfast().recovery().recover(PATIENCE).isComplete()).isTrue();
    assertThat(world.messages()).containsExactly("a");
  }

  /** Trap 4: not committed, and on no list until the broker is started again. */
  @Test
  void aPreparedBranchThatABareSessionCommitsInOnePhaseVanishes() throws Exception {
    Xid xid;
    try (BareSession bare = BareSession.open(broker.url())) {
      xid = bare.prepared(queue, "a");
      assertThat(BareSession.errorOf(() -> bare.xa().commit(xid, true)))
          .isEqualTo(XAException.XAER_RMFAIL);
      assertThat(bare.lists(xid)).isFalse();
      assertThat(BareSession.errorOf(() -> bare.xa().commit(xid, false)))
          .isEqualTo(XAException.XAER_NOTA);
      assertThat(queues.count(queue)).isZero();
    }
    broker.kill();
    broker.restart();
    try (BareSession later = BareSession.open(broker.url())) {
      assertThat(later.lists(xid)).isTrue();
      later.xa().rollback(xid);
    }
  }

  /** Trap 4: the branch voted, and its broker was gone when it was to commit. */
  @Test
  void handfastCommitsAPreparedBranchInTwoPhases() throws Exception {
    handfast();
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.send("a");
              world.hook(broker::kill);
            });
    broker.restart();
    assertThat(queues.preparedBranches()).hasSize(1);

    assertThat(world.handfast().recovery().recover(PATIENCE).isComplete()).isTrue();
    assertThat(queues.preparedBranches()).isEmpty();
    assertThat(world.messages()).containsExactly("a");
  }
}
