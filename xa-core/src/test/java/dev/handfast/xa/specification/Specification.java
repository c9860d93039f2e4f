package dev.handfast.xa.specification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedRm;
import dev.handfast.xa.scripted.Warnings;
import dev.handfast.xa.spi.EnlistmentException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A runtime with two resource managers, whose thread must be free after each test. */
abstract class Specification {

  private static final Set<Integer> OPEN =
      Set.of(Status.STATUS_ACTIVE, Status.STATUS_MARKED_ROLLBACK);

  @RegisterExtension final Warnings log = new Warnings();
  @TempDir Path directory;

  final ScriptedRm orders = new ScriptedRm("orders");
  final ScriptedRm events = new ScriptedRm("events");

  /** What happened, in order. */
  final List<String> seen = new CopyOnWriteArrayList<>();

  Handfast handfast;
  ScriptedHandle db;
  ScriptedHandle jms;
  TransactionManager manager;
  UserTransaction user;
  TransactionSynchronizationRegistry registry;

  @BeforeEach
  final void start() {
    start(Duration.ofMinutes(1));
  }

  final void restart(Duration defaultTimeout) {
    handfast.close();
    start(defaultTimeout);
  }

  private void start(Duration defaultTimeout) {
    handfast =
        Handfast.builder()
            .nodeName("spec-1")
            .logStore(
                LogStore.file(directory.resolve("log")).allowRamDisk().lockWait(Duration.ZERO))
            .resources(orders, events)
            .defaultTimeout(defaultTimeout)
            .recoveryPeriod(Duration.ofHours(1))
            .start();
    db = handfast.resource(orders);
    jms = handfast.resource(events);
    manager = handfast.transactionManager();
    user = handfast.userTransaction();
    registry = handfast.synchronizationRegistry();
  }

  @AfterEach
  final void leavesNothing() throws Exception {
    Transaction left = manager.suspend();
    if (left != null && OPEN.contains(left.getStatus())) {
      left.rollback();
    }
    long active = handfast.recovery().status().active();
    handfast.close();
    assertThat(left).as("transaction left on the thread").isNull();
    assertThat(active).as("transactions left").isZero();
  }

  final Transaction current() throws SystemException {
    return manager.getTransaction();
  }

  final void workOnBoth() {
    db.work();
    jms.work();
  }

  final RecordingResource orders() throws EnlistmentException {
    return enlist(db, recording("orders", orders));
  }

  final RecordingResource events() throws EnlistmentException {
    return enlist(jms, recording("events", events));
  }

  final RecordingResource recording(String name, ScriptedRm rm) {
    return new RecordingResource(name, rm.connection(), seen);
  }

  static RecordingResource enlist(ScriptedHandle handle, RecordingResource resource)
      throws EnlistmentException {
    handle.transaction().enlist(resource);
    return resource;
  }

  /** Notes its two calls. */
  final Callback noted(String name) {
    return new Callback(
        () -> seen.add("before " + name), status -> seen.add("after " + name + " " + status));
  }

  final void assertThreadIsFree() throws SystemException {
    assertThat(manager.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    assertThat(manager.getTransaction()).isNull();
    assertThat(db.transaction()).isNull();
  }
}
