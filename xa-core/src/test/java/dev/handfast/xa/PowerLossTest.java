package dev.handfast.xa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.handfast.xa.scripted.Warnings;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a loss of power leaves of the log, no outcome is mixed and none is told wrong. */
final class PowerLossTest {

  private static final int IMAGES = 300;

  @RegisterExtension final Warnings warnings = new Warnings();
  @TempDir Path directory;

  @Test
  void leavesNoOutcomeWrong() throws Exception {
    start(0, IMAGES);
  }

  @Test
  @Tag("campaign")
  void leavesNoOutcomeWrongOfMany() throws Exception {
    start(IMAGES, Integer.getInteger("campaign.images", 10_000));
  }

  /** Starts from so many images of the disk, and audits what became of the transactions. */
  private void start(long seed, int images) throws Exception {
    int transactions = 0;
    int quarantined = 0;
    int started = 0;
    for (long next = seed; started < images; next++) {
      LossyMachine machine = new LossyMachine(next, directory);
      machine.run();
      started += machine.images();
      transactions += machine.transactions();
      quarantined += machine.quarantined();
      warnings.clear();
    }
    assertThat(quarantined)
        .as("left to an operator of %d transactions", transactions)
        .isLessThan(transactions / 100);
    System.out.printf(
        "%d images of a disk that lost its power, %d transactions, %d left to an operator%n",
        started, transactions, quarantined);
  }
}
