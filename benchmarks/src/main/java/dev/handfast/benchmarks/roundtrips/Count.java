package dev.handfast.benchmarks.roundtrips;

import java.util.Locale;

/**
 * What was counted.
 *
 * @param least round trips of one run
 * @param most round trips of one run
 * @param messages of the client to the server per run
 */
record Count(Trip trip, long least, long most, double messages) {

  static Count of(String line) {
    String[] words = line.split(" ", -1);
    return new Count(
        Trip.valueOf(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Double.parseDouble(words[3]));
  }

  /** For {@link #of}. */
  String line() {
    return trip + " " + least + " " + most + " " + messages;
  }

  @Override
  public String toString() {
    String roundTrips = least == most ? "" + least : least + " to " + most;
    return String.format(Locale.ROOT, "%s (%.1f)", roundTrips, messages);
  }
}
