package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.handfast.xa.recovery.Filter;
import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a driver throws, and wherever: the thread works again, the outcome is told truly by
 * every door, nothing stays live, and recovery settles the rest without a restart.
 */
final class ErrorsTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private Handfast handfast;

  /** The ways to end a transaction. */
  enum Door {
    RUN,
    USER_TRANSACTION,
    TRANSACTION_MANAGER,
    TRANSACTION
  }

  static Stream<Arguments> everywhere() {
    List<Arguments> all = new ArrayList<>();
    for (Throwable thrown :
        List.of(
            new OutOfMemoryError("heap"),
            new StackOverflowError(),
            new NoClassDefFoundError("missing"),
            new ThreadDeath(),
            new IOException("undeclared"),
            new IllegalStateException("unchecked"))) {
      for (XaStep step : XaStep.values()) {
        for (Door door : Door.values()) {
          all.add(Arguments.of(thrown, step, door));
        }
      }
    }
    return all.stream();
  }

  @AfterEach
  void close() {
    handfast.close();
  }

  private void work(XaStep step) {
    handfast.resource(orders).work();
    if (step != XaStep.ONE_PHASE) {
      handfast.resource(events).work();
    }
    if (step == XaStep.ROLLBACK) {
      throw new BodyException();
    }
  }

  private static final class BodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void through(Door door, XaStep step) throws Exception {
    var manager = handfast.transactionManager();
    if (door == Door.RUN) {
      handfast.run(() -> work(step));
      return;
    }
    manager.begin();
    var transaction = manager.getTransaction();
    try {
      work(step);
    } catch (BodyException e) {
      switch (door) {
        case TRANSACTION_MANAGER -> manager.rollback();
        case TRANSACTION -> transaction.rollback();
        default -> handfast.userTransaction().rollback();
      }
      throw e;
    } catch (IllegalStateException e) {
      manager.rollback();
      throw e;
    }
    switch (door) {
      case TRANSACTION_MANAGER -> manager.commit();
      case TRANSACTION -> transaction.commit();
      default -> handfast.userTransaction().commit();
    }
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void anythingMayBeThrownOutOf(Throwable thrown, XaStep step, Door door) throws Exception {
    handfast = Nodes.start(directory, orders, events);
    orders.then(step, Answer.throwsOut(thrown));
    if (step == XaStep.FORGET) {
      orders.then(XaStep.COMMIT, Answer.fails(javax.transaction.xa.XAException.XA_HEURCOM));
    }

    Throwable told = catchThrowable(() -> through(door, step));

    assertToldTruly(told, step, door);
    assertNothingIsLeft();
    handfast.run(() -> work(XaStep.COMMIT));
    assertThat(orders.committed()).isNotEmpty();
  }

  private void assertToldTruly(Throwable told, XaStep step, Door door) {
    switch (step) {
      case COMMIT, FORGET, RECOVER -> assertThat(told).isNull();
      case ROLLBACK -> assertThat(told).isInstanceOf(BodyException.class);
      case START -> assertThat(told).isInstanceOf(IllegalStateException.class);
      case ONE_PHASE ->
          assertThat(told)
              .isInstanceOf(
                  door == Door.RUN
                      ? HeuristicOutcomeException.class
                      : HeuristicMixedException.class)
              .hasMessageContaining("unknown");
      case END, PREPARE ->
          assertThat(told)
              .isInstanceOf(door == Door.RUN ? RolledBackException.class : RollbackException.class)
              .hasMessageContaining("'orders'");
    }
  }

  private void assertNothingIsLeft() throws Exception {
    assertThat(handfast.transactionManager().getTransaction()).isNull();
    assertThat(handfast.recovery().status().active()).isZero();
    assertThat(handfast.recovery().recover(Duration.ofSeconds(10)).unresolved()).isZero();
    assertThat(handfast.recovery().status().logged()).isZero();
    assertThat(events.open()).isZero();
    assertThat(orders.inDoubt()).isEmpty();
    assertThat(handfast.recovery().inDoubt(Filter.all()).transactions()).isEmpty();
  }
}
