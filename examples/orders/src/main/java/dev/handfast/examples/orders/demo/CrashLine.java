package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Word;
import java.util.Locale;

/**
 * One crash, for the viewer.
 *
 * @param number counted from 1
 * @param booked invoices that the application had reported
 * @param moment at which it was killed
 * @param database branches in doubt there
 * @param broker branches in doubt there
 */
record CrashLine(int number, int booked, Moment moment, int database, int broker) {

  /** How the numbers of a line go together. */
  static final String EXPLANATION =
      "(committed: both branches of what was decided, also where one was finished before the kill)";

  private static final String SHORT_ROW = "%5s  %6s  %s";

  /** The titles of the columns, two lines if there is a recovery to tell of. */
  static String titles(boolean recovery) {
    return recovery
        ? format("", "", "", "in doubt:", "", "recovery:", "", "")
            + System.lineSeparator()
            + format(
                "crash",
                "booked",
                "killed",
                "database",
                "broker",
                "committed",
                "rolled back",
                "took")
        : String.format(Locale.ROOT, SHORT_ROW, "crash", "booked", "killed");
  }

  /** The line, with what recovery said when the application was started again. */
  String with(Word recovered) {
    String took = String.format(Locale.ROOT, "%.2f s", recovered.number(3) / 1000.0);
    return format(
        number,
        booked,
        moment.words(),
        database,
        broker,
        recovered.number(0),
        recovered.number(1),
        took);
  }

  /** The line where the application was killed again before it had recovered. */
  String unrecovered() {
    return format(number, booked, moment.words(), database, broker, "-", "-", "-");
  }

  /** The line where nothing recovers. */
  String withoutRecovery() {
    return String.format(Locale.ROOT, SHORT_ROW, number, booked, moment.words());
  }

  private static String format(Object... columns) {
    return String.format(Locale.ROOT, "%5s  %6s  %-23s %9s %7s %10s %12s %8s", columns)
        .stripTrailing();
  }
}
