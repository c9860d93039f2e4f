package dev.handfast.xa.it;

import dev.handfast.xa.testkit.crash.CrashStep;

/** How the forces of the log fail, once the system property {@link #PROPERTY} says so. */
enum ForceFailure implements CrashStep {
  ONCE("System.clearProperty(\"handfast.it.force\"); "),
  ALWAYS("");

  /** Holds the name of one of these, or anything else for none. */
  static final String PROPERTY = "handfast.it.force";

  private final String first;

  ForceFailure(String first) {
    this.first = first;
  }

  @Override
  public String place() {
    return "CLASS dev.handfast.xa.internal.log.slot.SlotFile\nMETHOD force\nAT ENTRY";
  }

  @Override
  public String rule() {
    return "RULE force fails "
        + name()
        + "\n"
        + place()
        + "\nIF \""
        + name()
        + "\".equals(System.getProperty(\""
        + PROPERTY
        + "\"))\nDO "
        + first
        + "throw new java.io.IOException(\"injected\")\nENDRULE\n";
  }
}
