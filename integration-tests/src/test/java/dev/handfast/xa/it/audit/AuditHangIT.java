package dev.handfast.xa.it.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.crash.ProtocolStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A transaction that only an operator can decide, since the log was lost, and an audit log whose
 * file hangs when he does: nobody else waits for it, and the order tells the truth.
 */
final class AuditHangIT {

  /** Less than the 30 s after which {@code close()} goes without what hangs. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;
  private CrashJvm node;

  @BeforeEach
  void loseTheLogBetweenVotesAndDecision() throws IOException {
    node =
        CrashJvm.of(AuditHangMain.class)
            .arguments(directory.toString())
            .steps(AuditStep.values())
            .haltAt(ProtocolStep.AFTER_PREPARE, 2)
            .start(directory.resolve("node"));
    assertThat(node.awaitAnswer()).isEqualTo("started");
    node.say("work");
    node.awaitHalt();
    try (Stream<Path> files = Files.list(directory.resolve("tx-log"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    node.restart();
    assertThat(node.awaitAnswer()).isEqualTo("started");
  }

  @AfterEach
  void kill() {
    node.close();
  }

  private void orderUntil(AuditStep step, int nth) {
    node.stopAt(step, nth);
    node.say("order");
    node.awaitStop();
  }

  private String audit() throws IOException {
    return Files.readString(directory.resolve("tx-log/audit.log"));
  }

  private void assertCommitted() throws SQLException {
    for (String database : List.of("orders", "stock")) {
      try (Connection c =
              DriverManager.getConnection("jdbc:h2:file:" + directory.resolve(database));
          Statement s = c.createStatement();
          ResultSet r = s.executeQuery("SELECT COUNT(*) FROM item")) {
        r.next();
        assertThat(r.getInt(1)).as(database).isOne();
      }
    }
  }

  @Test
  void recoveryGoesOnAndTheOrderIsRefusedOrTellsWhatItDid() throws Exception {
    orderUntil(AuditStep.OPEN, 1);
    node.say("recover");
    assertThat(List.of(node.awaitAnswer(SOON), node.awaitAnswer(SOON)))
        .contains("recover, in doubt 1")
        .anyMatch(
            answer -> answer.matches("refused: .*audit.log has not answered within 3000 ms.*"));
    node.goOn();
    await().untilAsserted(() -> assertThat(audit()).contains("\"after\"", "\"REFUSED\""));

    orderUntil(AuditStep.WRITE, 2);
    assertThat(node.awaitAnswer(SOON)).startsWith("DONE: The audit log does not tell this result");
    node.say("recover");
    assertThat(node.awaitAnswer(SOON)).isEqualTo("recover, in doubt 0");
    node.goOn();
    node.say("close");
    assertThat(node.awaitAnswer(SOON)).isEqualTo("close");

    assertThat(audit()).contains("\"before\"");
    node.close();
    assertCommitted();
  }

  @Test
  void theCloseEndsAndNothingIsDoneAfterwards() throws Exception {
    orderUntil(AuditStep.FORCE, 1);
    node.say("close");
    assertThat(List.of(node.awaitAnswer(SOON), node.awaitAnswer(SOON)))
        .contains("close")
        .anyMatch(answer -> answer.matches("refused: .*The runtime is closed"));
    node.say("start");
    assertThat(node.awaitAnswer(SOON)).as("the log is free").isEqualTo("start, in doubt 1");
    node.goOn();
    node.say("recover");
    assertThat(node.awaitAnswer(SOON)).isEqualTo("recover, in doubt 1");

    node.say("order");
    assertThat(node.awaitAnswer(SOON)).isEqualTo("DONE: ");
    node.close();
    assertCommitted();
  }
}
