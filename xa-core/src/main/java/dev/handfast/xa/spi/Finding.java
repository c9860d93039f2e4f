package dev.handfast.xa.spi;

/**
 * One result of a preflight check.
 *
 * @param severity {@code ERROR} refuses the start
 * @param seen what was seen, with the value
 * @param risk what may happen because of it
 * @param mend the exact statement or setting that mends it
 */
public record Finding(Severity severity, String seen, String risk, String mend) {

  /** How bad a finding is. */
  public enum Severity {
    /** The start goes on, and the finding is logged. */
    WARNING,
    /** The start is refused. */
    ERROR
  }

  /** A finding that refuses the start. */
  public static Finding error(String seen, String risk, String mend) {
    return new Finding(Severity.ERROR, seen, risk, mend);
  }

  /** A finding that the start goes on with. */
  public static Finding warning(String seen, String risk, String mend) {
    return new Finding(Severity.WARNING, seen, risk, mend);
  }

  @Override
  public String toString() {
    return seen + ": " + risk + ". To solve this, " + mend + ".";
  }
}
