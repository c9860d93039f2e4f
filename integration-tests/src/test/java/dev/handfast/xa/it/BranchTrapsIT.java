package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.RolledBackException;
import jakarta.jms.JMSContext;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

/** Traps 3, 5, 7 and 9: what becomes of a branch and of its session. */
class BranchTrapsIT extends TrapFixture {

  /** Trap 3: its work is lost, its end fails, and it votes for a commit. */
  @Test
  void aBranchThatABareSessionHasLostVotesOk() throws Exception {
    try (BareSession bare = BareSession.reconnecting(broker.url())) {
      Xid xid = bare.start();
      bare.send(queue, "lost");
      broker.kill();
      broker.restart();
      bare.send(queue, "sent after the client has connected again");

      assertThat(BareSession.errorOf(() -> bare.xa().end(xid, XAResource.TMSUCCESS)))
          .isEqualTo(XAException.XAER_RMFAIL);
      assertThat(bare.xa().prepare(xid)).isEqualTo(XAResource.XA_OK);
    }
    assertThat(queues.count(queue)).isZero();
    assertThat(queues.preparedBranches()).isEmpty();
  }

  /** Trap 3. */
  @Test
  void handfastRollsBackABranchThatWasLost() throws Exception {
    handfast();
    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          world.insert(world.orders(), 1);
                          world.send("lost");
                          broker.kill();
                          broker.restart();
                        }))
        .isInstanceOf(RolledBackException.class)
        .hasMessageContaining("events");

    assertThat(world.rows("orders")).isEmpty();
    assertThat(world.messages()).isEmpty();
  }

  /** Trap 5: what is done next on the session is lost as well. */
  @Test
  void aBareSessionIsPoisonedByAFailedCommit() throws Exception {
    try (BareSession bare = BareSession.reconnecting(broker.url())) {
      Xid first = bare.prepared(queue, "first");
      broker.kill();
      assertThat(BareSession.errorOf(() -> bare.xa().commit(first, false)))
          .isEqualTo(XAException.XA_RETRY);
      broker.restart();

      Xid next = bare.start();
      bare.send(queue, "next");
      assertThat(BareSession.errorOf(() -> bare.xa().end(next, XAResource.TMSUCCESS)))
          .isEqualTo(XAException.XAER_RMFAIL);
      bare.xa().commit(first, false);
    }
    assertThat(queues.drainTexts(queue)).containsExactly("first");
  }

  /** Trap 5. */
  @Test
  void handfastDiscardsASessionWhoseCommitFailed() throws Exception {
    handfast();
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.send("first");
              world.hook(broker::kill);
            });
    broker.restart();
    for (int i = 0; i < H2World.POOL + 1; i++) {
      world.handfast().run(() -> world.send("next"));
    }
    assertThat(world.handfast().recovery().recover(Duration.ofSeconds(20)).isComplete()).isTrue();

    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.messages()).containsExactlyInAnyOrder("first", "next", "next", "next");
  }

  /** Trap 7: the broker commits, the client answers that it did not, and the interrupt is gone. */
  @Test
  void aBareSessionDoesNotWaitForACommitWhenItsThreadIsInterrupted() throws Exception {
    try (BareSession bare = BareSession.open(broker.url())) {
      Xid xid = bare.prepared(queue, "a");
      Thread.currentThread().interrupt();

      assertThat(BareSession.errorOf(() -> bare.xa().commit(xid, false)))
          .isEqualTo(XAException.XA_RETRY);
      assertThat(Thread.interrupted()).isFalse();
    }
    await().until(() -> queues.count(queue) == 1);
  }

  /** Trap 7: interrupted between the votes and the decision. */
  @Test
  void handfastCommitsAndKeepsTheInterrupt() throws Exception {
    handfast();
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), 1);
              world.send("a");
              world.hook(() -> Thread.currentThread().interrupt());
            });
    boolean interrupted = Thread.interrupted();

    assertThat(interrupted).isTrue();
    world.assertNothingInDoubt();
    assertThat(world.rows("orders")).containsExactly(1);
    assertThat(world.messages()).containsExactly("a");
  }

  /** Trap 9: nobody gets the message until the branch times out, after 300 s. */
  @Test
  void aBareSessionLeavesItsBranchBehindWhenItIsClosed() throws Exception {
    queues.send(queue, "a");
    try (BareSession bare = BareSession.open(broker.url());
        BareSession other = BareSession.open(broker.url())) {
      Xid xid = bare.start();
      assertThat(bare.session().createConsumer(bare.session().createQueue(queue)).receive(5_000))
          .isNotNull();
      bare.session().close();

      assertThat(queues.count(queue)).isEqualTo(1);
      assertThat(queues.drain(queue)).isEmpty();
      other.xa().rollback(xid);
    }
    assertThat(queues.drainTexts(queue)).containsExactly("a");
  }

  /** Trap 9: closed in the middle of the transaction, and the transaction fails. */
  @Test
  void handfastEndsTheBranchOfASessionThatIsClosed() throws Exception {
    handfast();
    queues.send(queue, "a");
    assertThatThrownBy(
            () ->
                world
                    .handfast()
                    .run(
                        () -> {
                          try (JMSContext jms = world.events().createContext()) {
                            jms.createConsumer(jms.createQueue(queue)).receive(5_000);
                          }
                          throw new IllegalArgumentException("no");
                        }))
        .hasMessage("no");

    await().until(() -> queues.count(queue) == 1);
    assertThat(world.messages()).containsExactly("a");
  }
}
