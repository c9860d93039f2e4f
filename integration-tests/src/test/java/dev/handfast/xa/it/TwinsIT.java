package dev.handfast.xa.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes were given one node name by mistake. */
final class TwinsIT {

  private static final int EACH = 300;
  private static final String PASSWORD = "s3cret-pw";

  @TempDir Path directory;

  @Test
  void neverTouchEachOther() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"));
        PostgresServer server = PostgresServer.start(directory.resolve("postgres"))) {
      server.createRole("twin", PASSWORD);
      server.createDatabase("twin", "twin");
      server
          .database("twin")
          .as("twin", PASSWORD)
          .execute("CREATE TABLE item (id INT PRIMARY KEY)");
      try (ChildJvm one = twin(broker, server, 0);
          ChildJvm other = twin(broker, server, 1)) {
        one.awaitLine("started");
        other.awaitLine("started");
        one.say("go");
        other.say("go");
        one.awaitLine("failed 0, recovered 0");
        other.awaitLine("failed 0, recovered 0");
        one.awaitExit(0);
        other.awaitExit(0);
      }

      List<String> all = IntStream.range(0, 2 * EACH).mapToObj(String::valueOf).toList();
      assertThat(server.database("twin").column("SELECT id FROM item ORDER BY id")).isEqualTo(all);
      assertThat(new BrokerQueues(broker.url()).drainTexts("twins"))
          .containsExactlyInAnyOrderElementsOf(all);
      assertThat(server.database("twin").preparedBranches()).isEmpty();
      assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
    }
  }

  private ChildJvm twin(BrokerProcess broker, PostgresServer server, int number)
      throws IOException {
    return ChildJvm.run(
        TwinMain.class,
        directory.resolve("log-" + number).toString(),
        server.database("twin").as("twin", PASSWORD).url(),
        "twin",
        PASSWORD,
        broker.url(),
        "twins",
        String.valueOf(number * EACH),
        String.valueOf((number + 1) * EACH));
  }
}
