package dev.handfast.xa.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.testkit.database.PostgresDatabase;
import dev.handfast.xa.testkit.database.PostgresServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealParts.class)
class LeakCheckTest {

  @Test
  void namesAConnectionThatIsLeft(PostgresServer server, PostgresDatabase db) throws Exception {
    LeakCheck before = LeakCheck.of(server.port());
    before.assertNothingLeft();

    try (Connection left = db.connect()) {
      assertThat(left.isValid(1)).isTrue();
      assertThat(before.left()).singleElement().asString().startsWith("connection ");
      assertThat(LeakCheck.of(server.port()).left()).as("what was there before").isEmpty();
      assertThat(LeakCheck.of().left()).isEmpty();
    }
    before.assertNothingLeft();
  }

  @Test
  void namesAThreadThatIsLeftAndWaitsForOneThatEnds() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    LeakCheck before = LeakCheck.of();
    Thread left =
        new Thread(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "left");
    left.start();
    await().until(() -> left.getState() == Thread.State.WAITING);

    assertThat(before.left()).singleElement().asString().contains("thread left", "await");
    assertThatThrownBy(() -> before.assertNothingLeft(Duration.ofMillis(100)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("thread left");
    end.countDown();
    before.assertNothingLeft();
  }
}
