package dev.handfast.examples.orders.demo;

import dev.handfast.examples.orders.process.Word;
import java.util.Locale;

/**
 * One crash, for the viewer.
 *
 * @param number counted from 1
 * @param booked invoices that the application had reported
 * @param victim who was killed
 * @param moment at which it was killed
 */
record CrashLine(int number, int booked, Role victim, Moment moment) {

  /** How the numbers of a line go together. */
  static final String EXPLANATION =
      "(committed: both branches of what was decided, also where one was finished before the kill;"
          + System.lineSeparator()
          + " what a killed broker had in doubt, the applications' recovery ended when it was back)";

  private static final String SHORT_ROW = "%5s  %6s  %-11s  %s";

  /** The titles of the columns, two lines if there is a recovery to tell of. */
  static String titles(boolean recovery) {
    return recovery
        ? format("", "", "", "", "in doubt:", "", "recovery:", "", "")
            + System.lineSeparator()
            + format(
                "crash",
                "booked",
                "killed",
                "when",
                "database",
                "broker",
                "committed",
                "rolled back",
                "took")
        : String.format(Locale.ROOT, SHORT_ROW, "crash", "booked", "killed", "when");
  }

  /**
   * The line of an application.
   *
   * @param database branches in doubt in its database
   * @param broker branches of its that are in doubt there
   * @param recovered what recovery said when it was started again
   */
  String with(String database, String broker, Word recovered) {
    String took = String.format(Locale.ROOT, "%.2f s", recovered.number(3) / 1000.0);
    return row(database, broker, recovered.argument(0), recovered.argument(1), took);
  }

  /** The line of the broker, and of an application that was killed again before it recovered. */
  String unrecovered(String database, String broker) {
    return row(database, broker, "-", "-", "-");
  }

  /** The line where nothing recovers. */
  String withoutRecovery() {
    return String.format(Locale.ROOT, SHORT_ROW, number, booked, victim.title(), moment.words());
  }

  private String row(Object... recovery) {
    Object[] columns = new Object[9];
    columns[0] = number;
    columns[1] = booked;
    columns[2] = victim.title();
    columns[3] = moment.words();
    System.arraycopy(recovery, 0, columns, 4, recovery.length);
    return format(columns);
  }

  private static String format(Object... columns) {
    return String.format(Locale.ROOT, "%5s  %6s  %-11s  %-17s %9s %7s %10s %12s %8s", columns)
        .stripTrailing();
  }
}
