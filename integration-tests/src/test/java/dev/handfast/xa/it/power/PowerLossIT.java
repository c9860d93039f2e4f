package dev.handfast.xa.it.power;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.database.H2Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was told of each transaction is held against its rows in H2 and its message in Artemis. */
final class PowerLossIT {

  @TempDir Path directory;

  @Test
  void leavesNoOutcomeWrong() throws IOException {
    lose(10, 0);
  }

  @Test
  @Tag("campaign")
  void leavesNoOutcomeWrongOfMany() throws IOException {
    lose(Integer.getInteger("campaign.losses", 50), 100);
  }

  private void lose(int times, int firstSeed) throws IOException {
    H2Database orders = table("orders");
    H2Database stock = table("stock");
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("broker"))) {
      for (int loss = 1; loss <= times; loss++) {
        assertThat(exit(broker, firstSeed + loss, "work")).as("loss %d", loss).isEqualTo(3);
      }
      assertThat(exit(broker, 0, "look")).isZero();

      assertThat(lines("attention")).noneMatch(text -> text.startsWith("The log store"));
      assertThat(lines("torn")).allMatch(text -> text.endsWith(" QUARANTINED"));
      List<String> there = ids(orders);
      assertThat(ids(stock)).isEqualTo(there);
      assertThat(new BrokerQueues(broker.url()).drainTexts("items"))
          .containsExactlyInAnyOrderElementsOf(there);
      assertThat(there).containsAll(told("COMMITTED")).hasSizeGreaterThan(times);
      assertThat(told("ROLLED_BACK")).noneMatch(there::contains);
      assertThat(orders.preparedBranches()).isEmpty();
      assertThat(stock.preparedBranches()).isEmpty();
      assertThat(new BrokerQueues(broker.url()).preparedBranches()).isEmpty();
    }
  }

  private H2Database table(String name) {
    H2Database database =
        new H2Database("jdbc:h2:file:" + directory.resolve(name) + ";WRITE_DELAY=0");
    database.execute("CREATE TABLE item (id INT PRIMARY KEY)");
    return database;
  }

  private int exit(BrokerProcess broker, int seed, String what) {
    try (CrashJvm shop =
        CrashJvm.of(PowerMain.class)
            .arguments(directory.toString(), broker.url(), "" + seed, what)
            .start(directory.resolve("shop"))) {
      return shop.awaitExit();
    }
  }

  private static List<String> ids(H2Database database) {
    return database.column("SELECT id FROM item ORDER BY id");
  }

  private List<String> lines(String file) throws IOException {
    Path path = directory.resolve(file);
    return Files.exists(path) ? Files.readAllLines(path) : List.of();
  }

  private List<String> told(String outcome) throws IOException {
    List<String> ids =
        lines("told").stream()
            .filter(line -> line.endsWith(" " + outcome))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .toList();
    return ids;
  }
}
