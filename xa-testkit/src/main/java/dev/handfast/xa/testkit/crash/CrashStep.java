package dev.handfast.xa.testkit.crash;

/**
 * A place in the code at which a process can be killed. {@link ProtocolStep} and {@link
 * RecoveryStep} hold Handfast's own; a test may add others, for example in an enum.
 */
public interface CrashStep {

  /** Unique among the steps of one process, without white space. */
  String name();

  /**
   * The Byteman rule without its name and without its action: {@code CLASS}, {@code METHOD}, the
   * location, and optionally {@code IF}.
   */
  String place();

  /** The whole rule. */
  default String rule() {
    String condition = place().contains("\nIF ") ? "" : "IF true\n";
    return "RULE "
        + name()
        + "\n"
        + place()
        + "\n"
        + condition
        + "DO "
        + CrashPoint.class.getName()
        + ".reached(\""
        + name()
        + "\")\nENDRULE\n";
  }
}
