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
    WARNING,
    ERROR
  }

  public static Finding error(String seen, String risk, String mend) {
    return new Finding(Severity.ERROR, seen, risk, mend);
  }

  public static Finding warning(String seen, String risk, String mend) {
    return new Finding(Severity.WARNING, seen, risk, mend);
  }

  @Override
  public String toString() {
    return seen + ": " + risk + ". To solve this, " + mend + ".";
  }
}
