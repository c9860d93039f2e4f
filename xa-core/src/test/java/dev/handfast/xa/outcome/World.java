package dev.handfast.xa.outcome;

import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.scripted.ScriptedHandle;
import dev.handfast.xa.scripted.ScriptedRm;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A runtime over two scripted resources. */
final class World implements AutoCloseable {

  final ScriptedRm orders = new ScriptedRm("orders");
  final ScriptedRm events = new ScriptedRm("events");
  final Handfast handfast;
  final ScriptedHandle db;
  final ScriptedHandle jms;
  @Nullable Throwable caught;
  @Nullable String gtrid;

  World(Path directory) {
    handfast =
        Handfast.builder()
            .nodeName("test-1")
            .logStore(LogStore.file(directory).allowRamDisk().lockWait(Duration.ZERO))
            .resources(orders, events)
            .recoveryPeriod(Duration.ofHours(1))
            .recoveryCallTimeout(Duration.ofSeconds(5))
            .start();
    db = handfast.resource(orders);
    jms = handfast.resource(events);
  }

  void body(Happening happening) throws Exception {
    db.work();
    gtrid = String.valueOf(handfast.synchronizationRegistry().getTransactionKey());
    if (happening.isTwoPhase()) {
      jms.work();
    }
    happening.happen(this);
  }

  void beforeCompletion(Runnable work) {
    handfast
        .synchronizationRegistry()
        .registerInterposedSynchronization(new Happening.Before(work));
  }

  void awaitTimeout() {
    await().until(() -> handfast.recovery().status().active() == 0);
  }

  void failForces(int count) throws IllegalAccessException {
    FailingPages.in(handfast).fail(count);
  }

  @Override
  public void close() {
    handfast.close();
  }
}
