package dev.handfast.benchmarks.roundtrips;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Counts with the build of Handfast that is on its class path. */
final class CountedJvm {

  /** Until driver and pool have prepared what they prepare. */
  private static final int WARM_UP = 30;

  private static final int RUNS = 50;

  private CountedJvm() {}

  /**
   * Arguments: directory, URL of the database, URL of the broker; prints a {@link Count} a line.
   */
  public static void main(String[] arguments) throws Exception {
    try (PostgresMeter meter = new PostgresMeter(arguments[1]);
        Application shop = new Application(Path.of(arguments[0]), meter.url(), arguments[2])) {
      for (Trip trip : Trip.values()) {
        for (int i = 0; i < WARM_UP; i++) {
          trip.run(shop);
        }
        System.out.println(count(meter, shop, trip).line());
      }
    }
  }

  private static Count count(PostgresMeter meter, Application shop, Trip trip) throws Exception {
    List<Long> roundTrips = new ArrayList<>();
    long messages = meter.messages();
    for (int i = 0; i < RUNS; i++) {
      long before = meter.roundTrips();
      trip.run(shop);
      roundTrips.add(meter.roundTrips() - before);
    }
    return new Count(
        trip,
        Collections.min(roundTrips),
        Collections.max(roundTrips),
        (double) (meter.messages() - messages) / RUNS);
  }
}
