package dev.handfast.xa.it;

import dev.handfast.xa.testkit.crash.CrashStep;

/**
 * What goes wrong with the forces of the log, once the system property {@link #PROPERTY} says so.
 */
enum ForceFailure implements CrashStep {
  ONCE(
      "log.slot.SlotFile",
      "force",
      "System.clearProperty(\"handfast.it.force\"); throw new java.io.IOException(\"injected\")"),
  ALWAYS("log.slot.SlotFile", "force", "throw new java.io.IOException(\"injected\")"),
  /** The thread is interrupted within the force, which closes the file's channel. */
  INTERRUPTED(
      "disk.MachineFile",
      "forced",
      "System.clearProperty(\"handfast.it.force\"); Thread.currentThread().interrupt()");

  /** Holds the name of one of these, or anything else for none. */
  static final String PROPERTY = "handfast.it.force";

  private final String type;
  private final String method;
  private final String action;

  ForceFailure(String type, String method, String action) {
    this.type = type;
    this.method = method;
    this.action = action;
  }

  @Override
  public String place() {
    return "CLASS dev.handfast.xa.internal." + type + "\nMETHOD " + method + "\nAT ENTRY";
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
        + action
        + "\nENDRULE\n";
  }
}
