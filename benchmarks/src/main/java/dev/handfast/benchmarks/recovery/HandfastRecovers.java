package dev.handfast.benchmarks.recovery;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.LogStore;
import dev.handfast.xa.recovery.RecoveryReport;
import java.time.Duration;

/** Starts Handfast on what was left, and says how long that took. */
final class HandfastRecovers {

  private static final Duration ENOUGH = Duration.ofMinutes(10);

  private HandfastRecovers() {}

  /** The arguments are those of a {@link Place}. */
  public static void main(String[] arguments) throws Exception {
    Place place = Place.of(arguments);
    Stopwatch watch = Stopwatch.start();
    try (Handfast handfast =
        Handfast.builder()
            .nodeName(Place.NODE)
            .logStore(LogStore.file(place.log()))
            .resources(HandfastMakes.stock(place), HandfastMakes.events(place))
            .recoveryPeriod(Duration.ofHours(1))
            .start()) {
      RecoveryReport report = handfast.recovery().status().startup();
      if (!report.isComplete()) {
        report = report.then(handfast.recovery().recover(ENOUGH));
      }
      watch.stop();
      Left.require(place, handfast.recovery().status().logged());
      watch.tell();
      System.err.println(report);
    }
  }
}
