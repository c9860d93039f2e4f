package dev.handfast.xa.it.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.testkit.broker.BrokerProcess;
import dev.handfast.xa.testkit.broker.BrokerQueues;
import dev.handfast.xa.testkit.crash.CrashJvm;
import dev.handfast.xa.testkit.database.H2Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of day of a process is stepped: its timeouts, recovery and close keep their time. */
@Tag("campaign")
final class SteppedClockIT {

  private static final String QUEUE = "stepped";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final List<Duration> STEPS =
      List.of(HOUR, Duration.ZERO, HOUR.negated(), HOUR, HOUR.negated(), Duration.ofDays(30));

  @TempDir private Path directory;
  private SteppableClock clock;
  private BrokerProcess broker;
  private H2Database orders;
  private CrashJvm application;

  @BeforeEach
  void start() throws Exception {
    clock = SteppableClock.make(directory);
    broker = BrokerProcess.start(directory.resolve("broker"));
    String url = "jdbc:h2:file:" + directory.resolve("orders") + ";WRITE_DELAY=0";
    orders = new H2Database(url);
    orders.execute("CREATE TABLE item (id INT PRIMARY KEY)");
    application =
        CrashJvm.of(SteppedMain.class)
            .launcher(clock.launcher())
            .arguments(directory.toString(), url, broker.url(), QUEUE)
            .start(directory.resolve("application"));
    assertThat(application.awaitAnswer()).isEqualTo("started");
  }

  @AfterEach
  void stop() {
    if (application != null) {
      application.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private String order(String what) {
    application.say(what);
    return application.awaitAnswer();
  }

  private void assertStepped(Duration ahead) {
    long distance = Long.parseLong(order("now")) - System.currentTimeMillis() - ahead.toMillis();
    assertThat(Duration.ofMillis(distance).abs()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void timeoutsStrikeInTheirTime() {
    assertThat(order("open")).isEqualTo("open");
    List<Long> struck = new ArrayList<>();
    for (Duration ahead : STEPS) {
      assertThat(order("brief")).isEqualTo("brief");
      clock.set(ahead);
      struck.add(struckAfter(application.awaitAnswer()));
      assertStepped(ahead);
    }
    assertThat(struck).allMatch(millis -> millis >= 1_000 && millis < 2_000);

    assertThat(order("go on")).isEqualTo("committed");
    assertThat(drained()).containsExactly("1", "2");
    application.kill();
    assertThat(orders.column("SELECT id FROM item ORDER BY id")).containsExactly("1", "2");
  }

  private static long struckAfter(String answer) {
    assertThat(answer).contains("timed out after 1 s");
    return Long.parseLong(answer.substring(0, answer.indexOf(' ')));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void recoveryGoesOnAtItsInterval(long hours) {
    assertThat(order("vote")).isEqualTo("voted");
    broker.kill();
    assertThat(order("go on")).isEqualTo("committed");
    clock.set(Duration.ofHours(hours));
    assertStepped(Duration.ofHours(hours));
    broker.restart();

    await().atMost(Duration.ofSeconds(30)).until(() -> drained().equals(List.of("3")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void aCloseEndsWithinItsBound(long hours) {
    assertThat(order("stay")).isEqualTo("stays");

    long begin = System.nanoTime();
    ProcessHandle.of(application.pid()).orElseThrow().destroy();
    clock.set(Duration.ofHours(hours));
    assertThat(application.awaitExit()).isEqualTo(143);

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isLessThan(SteppedMain.CLOSE_BOUND.plusSeconds(2));
    assertThat(orders.column("SELECT id FROM item")).isEmpty();
    assertThat(drained()).isEmpty();
  }

  private List<String> drained() {
    return new BrokerQueues(broker.url()).drainTexts(QUEUE);
  }
}
