package dev.handfast.xa.artemis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.StartRefusedException;
import dev.handfast.xa.testkit.LogCapture;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A start that is refused because of one broker, while another is still being checked. */
class RefusedNeighbourTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private boolean isOurs(Thread thread) {
    return thread.getName().startsWith("handfast-recovery-innocent");
  }

  private static boolean isSeen(String line) {
    return !line.startsWith("DEBUG") && !line.startsWith("FINE") && !line.startsWith("TRACE");
  }

  @Test
  void leavesTheInnocentInPeace() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LogCapture log = new LogCapture("org.apache.activemq");
        LogCapture ours = new LogCapture("dev.handfast")) {
      ArtemisResource refused = ArtemisResource.named("refused").url("tcp://localhost:1").build();
      ArtemisResource innocent =
          ArtemisResource.named("innocent")
              .url("tcp://localhost:" + silent.getLocalPort())
              .callTimeout(Duration.ofSeconds(5))
              .build();

      Throwable refusal =
          catchThrowable(
              () ->
                  Handfast.builder()
                      .nodeName("refused-1")
                      .logStore(LogStore.inMemory())
                      .controlSocket(false)
                      .recoveryCallTimeout(Duration.ofSeconds(1))
                      .resources(refused, innocent)
                      .start()
                      .close());

      assertThat(refusal).isInstanceOf(StartRefusedException.class).hasMessageContaining("refused");
      await()
          .atMost(PATIENCE)
          .until(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(this::isOurs));
      assertThat(log.lines()).noneMatch(RefusedNeighbourTest::isSeen);
      assertThat(ours.lines())
          .filteredOn(RefusedNeighbourTest::isSeen)
          .allMatch(line -> line.contains("HANDFAST001001"));
    }
  }
}
