package dev.handfast.xa.it.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application with 16 threads over PostgreSQL, H2 and the broker: it, the server and the broker
 * are killed at random moments and started again. Nothing is lost, doubled, half done or left in
 * doubt.
 *
 * <p>{@code -Drandomkill.seconds=N} sets how long it goes on, {@code -Drandomkill.seed=N} repeats a
 * schedule, {@code -Pcampaign -Dcampaign.kills=N} kills that often. The report is in {@code
 * target/}.
 */
final class RandomKillIT {

  private static final int SECONDS = 95;
  private static final int KILLS = 1_000;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @Test
  void nothingIsLostDoubledOrLeftInDoubt() throws Exception {
    long end =
        System.nanoTime() + Duration.ofSeconds(number("randomkill.seconds", SECONDS)).toNanos();

    kill("random-kill.md", score -> System.nanoTime() - end > 0);
  }

  @Test
  @Tag("campaign")
  void campaign() throws Exception {
    long kills = number("campaign.kills", KILLS);

    kill("random-kill-campaign.md", score -> score.kills() >= kills);
  }

  private void kill(String report, Predicate<Score> enough) throws Exception {
    long seed = number("randomkill.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    String repeat = "repeat it with -Drandomkill.seed=" + seed + "; files in " + directory;
    try (RandomKills kills = new RandomKills(directory, seed)) {
      try {
        kills.run(() -> enough.test(kills.score()), text -> write(report, text));
      } catch (Exception | AssertionError e) {
        kills.score().fault(String.valueOf(e));
        throw new AssertionError(repeat, e);
      } finally {
        write(report, kills.report());
      }
      assertThat(kills.firstFaults()).as(repeat).isEmpty();
      assertThat(kills.score().kills()).as("kills").isPositive();
    }
  }

  private static void write(String name, String report) {
    try {
      Path target = Files.createDirectories(Path.of("target"));
      Files.writeString(target.resolve(name), report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(String property, long otherwise) {
    return Long.getLong(property, otherwise);
  }
}
