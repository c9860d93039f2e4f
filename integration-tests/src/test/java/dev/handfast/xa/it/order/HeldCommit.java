package dev.handfast.xa.it.order;

import dev.handfast.xa.testkit.crash.CrashStep;

/** Every commit of a database takes so much longer. */
enum HeldCommit implements CrashStep {
  FOR_50_MILLISECONDS;

  @Override
  public String place() {
    return "CLASS org.postgresql.xa.PGXAConnection\nMETHOD commit\nAT ENTRY";
  }

  @Override
  public String rule() {
    return "RULE " + name() + "\n" + place() + "\nIF true\nDO delay(50)\nENDRULE\n";
  }
}
