package dev.handfast.xa.it.crash;

/**
 * What became of one case.
 *
 * @param inDoubt prepared branches while the victim was dead
 * @param told what the application was told, empty if it died before
 * @param outcome what the resources hold afterwards
 * @param millis from the start of recovery until nothing was in doubt
 * @param failure empty if all is well
 */
record CaseResult(
    CrashCase cell, String inDoubt, String told, String outcome, long millis, String failure) {

  static final String HEADER =
      """
      | killed | step | no. | shape | way | in doubt meanwhile | told | found | resolved in |
      |---|---|---|---|---|---|---|---|---|
      """;

  String row() {
    return String.join(
        " | ",
        "| " + cell.victim(),
        cell.step().toString(),
        Integer.toString(cell.nth()),
        cell.shape().toString(),
        cell.way().toString(),
        inDoubt,
        told.isEmpty() ? "(it died)" : told,
        failure.isEmpty() ? outcome : "**" + outcome + ": " + failure + "**",
        millis + " ms |\n");
  }
}
