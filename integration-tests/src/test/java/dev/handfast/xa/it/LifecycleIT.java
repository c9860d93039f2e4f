package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.StartRefusedException;
import dev.handfast.xa.testkit.broker.BrokerProcess;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After close nothing is left, and another start works in the same JVM. */
class LifecycleIT {

  @TempDir Path directory;
  BrokerProcess broker;

  @BeforeEach
  void startBroker() {
    broker = BrokerProcess.start(directory.resolve("broker"));
  }

  @AfterEach
  void stopBroker() {
    broker.close();
  }

  private void workOnce(H2World world, int id) throws SQLException {
    world
        .handfast()
        .run(
            () -> {
              world.insert(world.orders(), id);
              world.send("m" + id);
            });
  }

  @Test
  void startCloseStartWorksAndLeavesNoThread() throws Exception {
    Set<Thread> before = threads();
    H2World world = new H2World(directory, broker, "lifecycle");
    workOnce(world, 1);
    world.close();
    assertNoThreadsBut(before);
    for (int round = 2; round <= 4; round++) {
      world.start();
      workOnce(world, round);
      world.close();
    }
    assertNoThreadsBut(before);

    assertThat(world.rows("orders")).containsExactly(1, 2, 3, 4);
    assertThat(world.messages()).containsExactly("m1", "m2", "m3", "m4");
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .collect(Collectors.toSet());
  }

  private static void assertNoThreadsBut(Set<Thread> before) {
    await()
        .untilAsserted(
            () ->
                assertThat(threads())
                    .filteredOn(thread -> !before.contains(thread))
                    .filteredOn(thread -> !isOfTheTest(thread))
                    .isEmpty());
  }

  private static boolean isOfTheTest(Thread thread) {
    return thread.getName().startsWith("awaitility")
        || thread.getName().startsWith("process reaper")
        || thread.getName().startsWith("surefire");
  }

  @Test
  void aSecondRuntimeInOneJvmIsRefusedWithTheReason() throws Exception {
    H2World world = new H2World(directory, broker, "second");
    try {
      assertThatThrownBy(
              () ->
                  Handfast.builder()
                      .nodeName("it-2")
                      .logStore(LogStore.file(directory.resolve("other")))
                      .start())
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining("Another Handfast runtime is running");
      workOnce(world, 1);
    } finally {
      world.close();
    }
    assertThat(world.rows("orders")).containsExactly(1);
  }

  @Test
  void nothingBeginsAfterClose() throws Exception {
    H2World world = new H2World(directory, broker, "closed");
    world.close();
    world.close();

    assertThatThrownBy(() -> world.handfast().run(() -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> world.orders().getConnection()).isInstanceOf(SQLException.class);
  }

  @Test
  void theJvmEndsByItselfAfterClose() throws Exception {
    try (ChildJvm worker = ChildJvm.run(WorkerMain.class, directory.toString(), broker.url())) {
      worker.awaitLine("worked");
      worker.awaitExit(0);
    }
  }

  @Test
  void sigtermClosesThroughTheHook() throws Exception {
    try (ChildJvm worker =
        ChildJvm.run(WorkerMain.class, directory.toString(), broker.url(), "hook")) {
      worker.awaitLine("worked");
      Path owner = directory.resolve("worker-log").resolve("owner");
      assertThat(owner).exists();
      worker.terminate();
      worker.awaitExit(143);
      assertThat(owner).as("a log store that was closed names no owner").doesNotExist();
    }
  }
}
