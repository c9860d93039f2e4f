package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.handfast.xa.scripted.Answer;
import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.scripted.XaStep;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The interfaces of Jakarta Transactions. */
final class JakartaTest {

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  private final ScriptedRm orders = new ScriptedRm("orders");
  private final ScriptedRm events = new ScriptedRm("events");
  private final List<String> told = new ArrayList<>();
  private Handfast handfast;
  private ScriptedHandle db;
  private ScriptedHandle jms;
  private TransactionManager manager;
  private UserTransaction user;
  private TransactionSynchronizationRegistry registry;

  @BeforeEach
  void start() {
    handfast = Nodes.start(directory, orders, events);
    db = handfast.resource(orders);
    jms = handfast.resource(events);
    manager = handfast.transactionManager();
    user = handfast.userTransaction();
    registry = handfast.synchronizationRegistry();
  }

  @AfterEach
  void close() throws Exception {
    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    assertThat(handfast.recovery().status().active()).isZero();
    handfast.close();
  }

  private Transaction current() throws SystemException {
    return Objects.requireNonNull(manager.getTransaction());
  }

  /** Notes when it is called, and with which status. */
  private final class Note implements Synchronization {

    private final String name;

    private Note(String name) {
      this.name = name;
    }

    @Override
    public void beforeCompletion() {
      told.add("before " + name);
    }

    @Override
    public void afterCompletion(int status) {
      told.add("after " + name + " " + status);
    }
  }

  @Test
  void commits() throws Exception {
    user.begin();
    assertThat(user.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
    db.work();
    jms.work();
    user.commit();

    assertThat(orders.committed()).isEqualTo(events.committed()).hasSize(1);
    assertThat(user.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void rollsBack() throws Exception {
    manager.begin();
    db.work();
    manager.rollback();

    assertThat(orders.rolledBack()).hasSize(1);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void commitsThroughTheTransactionItself() throws Exception {
    manager.begin();
    db.work();
    Transaction transaction = current();
    transaction.commit();

    assertThat(orders.committed()).hasSize(1);
    assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_COMMITTED);
    assertThat(handfast.recovery().status().active()).isZero();
    manager.suspend();
  }

  @Test
  void doesNotNest() throws Exception {
    manager.begin();
    assertThatExceptionOfType(NotSupportedException.class).isThrownBy(() -> manager.begin());
    assertThatExceptionOfType(NotSupportedException.class).isThrownBy(() -> user.begin());
    manager.rollback();
  }

  @Test
  void needsATransactionToEnd() {
    assertThatIllegalStateException().isThrownBy(() -> manager.commit());
    assertThatIllegalStateException().isThrownBy(() -> manager.rollback());
    assertThatIllegalStateException().isThrownBy(() -> manager.setRollbackOnly());
    assertThatIllegalStateException().isThrownBy(() -> user.setRollbackOnly());
  }

  @Test
  void marksForRollback() throws Exception {
    user.begin();
    db.work();
    user.setRollbackOnly();
    assertThat(user.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);

    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> user.commit());
    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  void tellsThatAResourceRefused() throws Exception {
    events.then(XaStep.PREPARE, Answer.fails(XAException.XA_RBINTEGRITY));
    manager.begin();
    db.work();
    jms.work();

    assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> manager.commit());

    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  void tellsThatAResourceDecidedAlone() throws Exception {
    events.then(XaStep.COMMIT, Answer.fails(XAException.XA_HEURRB));
    manager.begin();
    db.work();
    jms.work();

    assertThatExceptionOfType(HeuristicMixedException.class).isThrownBy(() -> manager.commit());
  }

  @Test
  void suspendsAndResumes() throws Exception {
    manager.begin();
    db.work();
    Transaction first = Objects.requireNonNull(manager.suspend());
    assertThat(manager.getTransaction()).isNull();
    assertThat(db.transaction()).isNull();
    manager.begin();
    db.work();
    assertThat(current()).isNotEqualTo(first);
    assertThatIllegalStateException().isThrownBy(() -> manager.resume(first));
    manager.rollback();

    manager.resume(first);
    assertThat(current()).isEqualTo(first).hasSameHashCodeAs(first);
    manager.commit();
    assertThat(orders.committed()).hasSize(1);
    assertThat(orders.rolledBack()).hasSize(1).doesNotContainAnyElementsOf(orders.committed());
  }

  @Test
  void resumesOnAnotherThread() throws Exception {
    manager.begin();
    db.work();
    Transaction suspended = manager.suspend();

    Thread other =
        new Thread(
            () -> {
              try {
                manager.resume(suspended);
                manager.commit();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    other.start();
    other.join();

    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  void suspendsNothing() throws Exception {
    assertThat(manager.suspend()).isNull();
  }

  @Test
  void resumesOnlyItsOwn() {
    assertThatExceptionOfType(InvalidTransactionException.class)
        .isThrownBy(() -> manager.resume(null));
  }

  @Test
  void refusesANegativeTimeout() {
    assertThatExceptionOfType(SystemException.class)
        .isThrownBy(() -> manager.setTransactionTimeout(-1))
        .withMessageContaining("-1");
  }

  @Test
  void callsSynchronizationsInTheirOrder() throws Exception {
    manager.begin();
    registry.registerInterposedSynchronization(new Note("interposed 1"));
    current().registerSynchronization(new Note("plain 1"));
    registry.registerInterposedSynchronization(new Note("interposed 2"));
    current().registerSynchronization(new Note("plain 2"));
    db.work();

    manager.commit();

    assertThat(told.subList(0, 4))
        .containsExactly(
            "before plain 1", "before plain 2", "before interposed 1", "before interposed 2");
    assertThat(told.subList(4, 6))
        .containsExactlyInAnyOrder("after interposed 1 3", "after interposed 2 3");
    assertThat(told.subList(6, 8)).containsExactlyInAnyOrder("after plain 1 3", "after plain 2 3");
  }

  @Test
  void tellsSynchronizationsOfARollback() throws Exception {
    manager.begin();
    current().registerSynchronization(new Note("plain"));
    registry.registerInterposedSynchronization(new Note("interposed"));

    manager.rollback();

    assertThat(told).containsExactly("after interposed 4", "after plain 4");
  }

  @Test
  void callsTheSynchronizationsOfAResourceAmongTheInterposed() throws Exception {
    manager.begin();
    current().registerSynchronization(new Note("plain"));
    Objects.requireNonNull(db.transaction()).register(new Note("resource"));

    manager.commit();

    assertThat(told)
        .containsExactly("before plain", "before resource", "after resource 3", "after plain 3");
  }

  @Test
  void rollsBackWhenASynchronizationFails() {
    IllegalStateException problem = new IllegalStateException("flush failed");

    RolledBackException outcome =
        catchThrowableOfType(
            RolledBackException.class,
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      registry.registerInterposedSynchronization(
                          new Synchronization() {
                            @Override
                            public void beforeCompletion() {
                              throw problem;
                            }

                            @Override
                            public void afterCompletion(int status) {
                              told.add("after " + status);
                            }
                          });
                    }));

    assertThat(outcome).hasCause(problem).hasMessageContaining("flush failed");
    assertThat(outcome.resource()).isEmpty();
    assertThat(orders.rolledBack()).hasSize(1);
    assertThat(told).containsExactly("after 4");
  }

  @Test
  void rollsBackWhenASynchronizationMarksIt() {
    assertThatExceptionOfType(RolledBackException.class)
        .isThrownBy(
            () ->
                handfast.run(
                    () -> {
                      db.work();
                      registry.registerInterposedSynchronization(
                          new Synchronization() {
                            @Override
                            public void beforeCompletion() {
                              registry.setRollbackOnly();
                            }

                            @Override
                            public void afterCompletion(int status) {}
                          });
                    }))
        .withMessageContaining("marked for rollback");

    assertThat(orders.rolledBack()).hasSize(1);
  }

  @Test
  void mayWorkBeforeCompletion() {
    handfast.run(
        () ->
            registry.registerInterposedSynchronization(
                new Synchronization() {
                  @Override
                  public void beforeCompletion() {
                    db.work();
                  }

                  @Override
                  public void afterCompletion(int status) {}
                }));

    assertThat(orders.committed()).hasSize(1);
  }

  @Test
  void keepsValuesWithTheTransaction() throws Exception {
    manager.begin();
    Object key = registry.getTransactionKey();
    registry.putResource("a", 1);
    assertThat(registry.getResource("a")).isEqualTo(1);
    assertThat(registry.getResource("b")).isNull();
    Transaction suspended = manager.suspend();
    manager.begin();
    assertThat(registry.getTransactionKey()).isNotNull().isNotEqualTo(key);
    assertThat(registry.getResource("a")).isNull();
    manager.rollback();
    manager.resume(suspended);
    assertThat(registry.getTransactionKey()).isEqualTo(key);
    assertThat(registry.getResource("a")).isEqualTo(1);
    manager.rollback();
  }

  @Test
  void keepsTheValuesOfResourcesApart() {
    handfast.run(
        () -> {
          Object key = "same";
          Objects.requireNonNull(db.transaction()).put(key, "of orders");
          assertThat(Objects.requireNonNull(jms.transaction()).get(key)).isNull();
          assertThat(Objects.requireNonNull(db.transaction()).get(key)).isEqualTo("of orders");
          assertThat(db.transaction())
              .isEqualTo(db.transaction())
              .hasSameHashCodeAs(db.transaction())
              .isNotEqualTo(jms.transaction());
        });
  }

  @Test
  void tellsTheRegistrysStatus() throws Exception {
    assertThat(registry.getTransactionKey()).isNull();
    assertThat(registry.getTransactionStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    assertThatIllegalStateException().isThrownBy(() -> registry.setRollbackOnly());
    assertThatIllegalStateException().isThrownBy(() -> registry.getRollbackOnly());
    assertThatIllegalStateException().isThrownBy(() -> registry.putResource("a", 1));
    assertThatIllegalStateException()
        .isThrownBy(() -> registry.registerInterposedSynchronization(new Note("none")));

    manager.begin();
    assertThat(registry.getRollbackOnly()).isFalse();
    registry.setRollbackOnly();
    assertThat(registry.getRollbackOnly()).isTrue();
    assertThat(registry.getTransactionStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    manager.rollback();
  }
}
