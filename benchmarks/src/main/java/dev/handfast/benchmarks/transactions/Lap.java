package dev.handfast.benchmarks.transactions;

import java.util.Locale;

/**
 * What a number of transactions took.
 *
 * @param threads that ran them
 * @param perSecond committed transactions per second
 * @param micros processor time of the whole JVM per transaction, in microseconds
 * @param bytes allocated per transaction by the threads that ran them
 */
record Lap(int threads, double perSecond, double micros, double bytes) {

  static Lap of(String line) {
    String[] words = line.split(" ", -1);
    return new Lap(
        Integer.parseInt(words[0]),
        Double.parseDouble(words[1]),
        Double.parseDouble(words[2]),
        Double.parseDouble(words[3]));
  }

  /** For {@link #of}. */
  String line() {
    return threads + " " + perSecond + " " + micros + " " + bytes;
  }

  String label() {
    return threads + (threads == 1 ? " thread" : " threads");
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %,.0f per second, %,.0f µs, %,.0f bytes",
        label(),
        perSecond,
        micros,
        bytes);
  }
}
