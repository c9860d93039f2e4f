package dev.handfast.xa.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.testkit.engine.EngineTestKit;

@ExtendWith(RealParts.class)
class RealPartsTest {

  private static volatile PostgresServer server;

  @Test
  void givesADatabaseOfItsOwn(PostgresServer postgres, PostgresDatabase one, PostgresDatabase two) {
    assertThat(one.url()).isNotEqualTo(two.url()).contains(":" + postgres.port() + "/");
    one.execute("CREATE TABLE item (id INT)");
    assertThat(one.column("SELECT id FROM item")).isEmpty();
    assertShared(postgres);
  }

  @Test
  void givesTheServerOfTheClass(PostgresServer postgres) {
    assertShared(postgres);
  }

  private static void assertShared(PostgresServer postgres) {
    if (server == null) {
      server = postgres;
    }
    assertThat(postgres).isSameAs(server);
    assertThat(postgres.isAlive()).isTrue();
  }

  @Test
  void givesABrokerAndALogDirectory(BrokerProcess broker, @LogDirectory Path log) {
    assertThat(broker.isAlive()).isTrue();
    assertThat(Files.exists(log)).isFalse();
    assertThat(log.getParent()).isDirectory();
  }

  @Test
  void tellsOfAThreadThatIsLeft() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Leaking.class))
        .execute()
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                finishedWithFailure(message(text -> text.contains("left behind: thread leaked")))));
    Leaking.END.countDown();
  }

  /** Run by the test above. */
  @ExtendWith(RealParts.class)
  static class Leaking {

    static final CountDownLatch END = new CountDownLatch(1);

    @Test
    void leaves() {
      new Thread(
              () -> {
                try {
                  END.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "leaked")
          .start();
    }
  }
}
