package dev.handfast.xa.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.ProtocolStep;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A row by each library and a message in one transaction, whose process is killed in phase 2: after
 * the decision and before any commit, and between the commits. After the next start both are there,
 * once.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LibraryIT {

  private BrokerProcess broker;
  private PostgresServer postgres;

  @BeforeAll
  void start(@TempDir Path directory) {
    broker = BrokerProcess.start(directory.resolve("broker"));
    postgres = PostgresServer.start(directory.resolve("postgres"));
  }

  @AfterAll
  void stop() {
    postgres.close();
    broker.close();
  }

  @ParameterizedTest
  @EnumSource
  void losesAndDoublesNothingInPhaseTwo(Library library, @TempDir Path directory) {
    String name = library.name().toLowerCase(Locale.ROOT);
    postgres.createRole(name, name);
    PostgresDatabase database = postgres.createDatabase(name, name);
    try (CrashJvm program =
        CrashJvm.of(LibraryMain.class)
            .arguments(
                library.name(),
                directory.resolve("log").toString(),
                broker.url(),
                database.url(),
                name)
            .jvmArgument("-Dorg.jooq.no-logo=true")
            .jvmArgument("-Dorg.jooq.no-tips=true")
            .steps(ProtocolStep.BEFORE_COMMIT, ProtocolStep.AFTER_COMMIT)
            .start(directory)) {
      awaitStarted(program);
      program.say("1");
      assertThat(program.awaitAnswer()).isEqualTo("committed");

      workAndHalt(program, 2, ProtocolStep.BEFORE_COMMIT);
      assertThat(database.preparedBranches()).as("in doubt: the database").hasSize(1);
      assertThat(queues().preparedBranches()).as("in doubt: the broker").hasSize(1);
      restart(program);

      workAndHalt(program, 3, ProtocolStep.AFTER_COMMIT);
      assertThat(database.preparedBranches()).as("committed: the database").isEmpty();
      assertThat(queues().preparedBranches()).as("in doubt: the broker").hasSize(1);
      restart(program);
    }

    assertThat(database.preparedBranches()).isEmpty();
    assertThat(queues().preparedBranches()).isEmpty();
    assertThat(database.column("SELECT id FROM item ORDER BY id"))
        .containsExactly("-3", "-2", "-1", "1", "2", "3");
    assertThat(queues().drainTexts(name)).containsExactlyInAnyOrder("1", "2", "3");
  }

  private static void awaitStarted(CrashJvm program) {
    assertThat(program.awaitAnswer()).isEqualTo("started 0");
  }

  private static void workAndHalt(CrashJvm program, int id, ProtocolStep step) {
    program.haltAt(step, 1);
    program.say(Integer.toString(id));
    assertThat(program.awaitHalt()).isEmpty();
  }

  private static void restart(CrashJvm program) {
    program.restart();
    awaitStarted(program);
  }

  private BrokerQueues queues() {
    return new BrokerQueues(broker.url());
  }
}
