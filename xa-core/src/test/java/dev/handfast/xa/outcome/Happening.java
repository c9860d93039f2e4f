package dev.handfast.xa.outcome;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.Synchronization;
import java.time.Duration;
import java.util.Objects;
import javax.transaction.xa.XAException;

/** What happens to a transaction, in the order of the page. */
enum Happening {
  COMMITTED("committed", world -> {}),
  NOT_ANSWERED(
      "a resource gives no answer to the commit (recovery finishes it)",
      world -> world.orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_RETRY))),
  ERROR_AT_COMMIT(
      "a driver throws an Error out of the commit (recovery finishes it)",
      world -> world.orders.then(XaStep.COMMIT, Answer.throwsOut(new NoClassDefFoundError("x")))),
  BODY_THREW(
      "the body threw",
      world -> {
        throw new BodyException();
      }),
  BODY_MARKED(
      "the body marked it through a Jakarta interface",
      world -> world.handfast.transactionManager().setRollbackOnly()),
  JOINED_THREW(
      "a body that had joined threw, and the outer one caught it",
      world -> {
        try {
          world.handfast.run(
              () -> {
                throw new BodyException();
              });
        } catch (BodyException e) {
          world.caught = e;
        }
      }),
  RESOURCE_MARKED(
      "a resource lost its connection in the body",
      world ->
          Objects.requireNonNull(world.db.transaction())
              .setRollbackOnly(new java.io.IOException("connection lost"))),
  SYNCHRONIZATION_THREW(
      "a synchronization threw before completion",
      world -> world.beforeCompletion(() -> fail("flush failed"))),
  SYNCHRONIZATION_MARKED_AND_THREW(
      "a synchronization marked it and threw",
      world ->
          world.beforeCompletion(
              () -> {
                world.handfast.synchronizationRegistry().setRollbackOnly();
                fail("flush failed");
              })),
  TIMED_OUT("it timed out in the body", World::awaitTimeout),
  VOTE_REFUSED(
      "a resource refused its vote",
      world -> world.orders.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBINTEGRITY))),
  VOTE_LOST(
      "a resource was lost at its vote",
      world -> world.orders.then(XaStep.PREPARE, Answer.fails(XAException.XAER_RMFAIL))),
  ERROR_AT_VOTE(
      "a driver threw an Error out of the vote",
      world -> world.orders.then(XaStep.PREPARE, Answer.throwsOut(new NoClassDefFoundError("x")))),
  ONE_PHASE_REFUSED(
      "the one resource rolled back at its one-phase commit",
      Shape.ONE,
      world -> world.orders.then(XaStep.ONE_PHASE, Answer.fails(XAException.XA_RBDEADLOCK))),
  ONE_PHASE_LOST_BEFORE(
      "the one resource was lost before it could be told to commit",
      Shape.ONE,
      world -> {
        world.orders.then(XaStep.END, Answer.fails(XAException.XAER_RMFAIL));
        world.orders.then(XaStep.ROLLBACK, Answer.fails(XAException.XAER_RMFAIL));
      }),
  CLOSED("the runtime was closed in the body", world -> world.handfast.close()),
  MIXED_ALONE(
      "a resource rolled its branch back on its own, another committed",
      world -> world.events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB))),
  ALL_ROLLED_BACK_ALONE(
      "the first resource that was told rolled back on its own",
      world -> world.orders.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB))),
  HAZARD(
      "a resource may have ended its branch on its own",
      world -> world.events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURHAZ))),
  ONE_PHASE_MIXED(
      "the one resource ended in part at its one-phase commit",
      Shape.ONE,
      world -> world.orders.then(XaStep.ONE_PHASE, Answer.fails(XAException.XA_HEURMIX))),
  ONE_PHASE_LOST(
      "the answer to the one-phase commit was lost",
      Shape.ONE,
      world -> world.orders.then(XaStep.ONE_PHASE, Answer.lost(XAException.XAER_RMFAIL))),
  ONE_PHASE_ERROR(
      "a driver threw an Error out of the one-phase commit",
      Shape.ONE,
      world ->
          world.orders.then(XaStep.ONE_PHASE, Answer.throwsOut(new NoClassDefFoundError("x")))),
  ONE_PHASE_UNKNOWN(
      "the one resource did not know the branch at its one-phase commit",
      Shape.ONE,
      world -> world.orders.then(XaStep.ONE_PHASE, Answer.fails(XAException.XAER_NOTA))),
  NOT_FORCED(
      "the log could not be forced, and the record was withdrawn", world -> world.failForces(1)),
  UNDECIDED(
      "the log could neither be forced nor the record withdrawn", world -> world.failForces(99));

  /** How many resources take part. */
  enum Shape {
    ONE,
    TWO
  }

  /** What the body does beside its work. */
  interface Script {
    void happen(World world) throws Exception;
  }

  private final String shown;
  private final Shape shape;

  @SuppressWarnings("ImmutableEnumChecker") // scripts keep nothing
  private final Script script;

  Happening(String shown, Script script) {
    this(shown, Shape.TWO, script);
  }

  Happening(String shown, Shape shape, Script script) {
    this.shown = shown;
    this.shape = shape;
    this.script = script;
  }

  String shown() {
    return shown;
  }

  boolean isTwoPhase() {
    return shape == Shape.TWO;
  }

  void happen(World world) throws Exception {
    script.happen(world);
  }

  Duration timeout() {
    return this == TIMED_OUT ? Duration.ofSeconds(1) : Duration.ofMinutes(1);
  }

  private static void fail(String text) {
    throw new IllegalArgumentException(text);
  }

  /** The application's own. */
  static final class BodyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BodyException() {
      super("of the application");
    }
  }

  /** Calls something before completion. */
  record Before(Runnable work) implements Synchronization {

    @Override
    public void beforeCompletion() {
      work.run();
    }

    @Override
    public void afterCompletion(int status) {}
  }
}
